package io.twinstore.storage.integration;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.SearchLanguage;
import io.twinstore.storage.SearchOptions;
import io.twinstore.storage.Secret;
import io.twinstore.storage.Storage;
import io.twinstore.storage.testkit.SettableClock;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One of the two databases that are given the same operations, with a clock and ids that are the
 * same on the other.
 */
final class Side implements AutoCloseable {

    private static final Instant START = Instant.parse("2026-11-20T09:30:00Z");

    private final TestDatabase database;
    private final SettableClock clock = new SettableClock(START);
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, Cursor> cursors = new TreeMap<>();
    private final List<Secret> keys = new ArrayList<>();
    private final Storage storage;
    private final boolean postgres;

    Side(StorageHarness harness) {
        postgres = harness instanceof PostgresHarness;
        database = harness.newDatabase();
        storage =
                Storage.open(
                        database.options().toBuilder()
                                .clock(clock)
                                .ids(() -> "made-" + ids.incrementAndGet())
                                .search(SearchOptions.in(SearchLanguage.ENGLISH))
                                .build());
    }

    Storage storage() {
        return storage;
    }

    SettableClock clock() {
        return clock;
    }

    /** The cursors that were handed out here, by number. */
    Map<Integer, Cursor> cursors() {
        return cursors;
    }

    /** The API keys that were handed out here, in order. */
    List<Secret> keys() {
        return keys;
    }

    /** Opens a connection as a host would. */
    Connection connection() throws SQLException {
        return database.connection();
    }

    /**
     * Begins the host's transaction with a write, of nothing. SQLite refuses the write of a
     * transaction that read before another connection wrote, and the thread of the search index
     * writes whenever it likes.
     */
    void takeTurn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "delete from " + (postgres ? "twinstore." : "") + "settings where false");
        }
    }

    /**
     * Keeps the thread of the search index from writing until the connection is closed. In
     * PostgreSQL a transaction that sees one state throughout would lose against it now and then,
     * as against anybody; in SQLite it holds the file.
     */
    Connection withoutIndexing() throws SQLException {
        Connection connection = tables();
        connection.setAutoCommit(false);
        if (postgres) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1 from search_state for update");
            }
        }
        return connection;
    }

    /** Opens a connection that finds the tables by their bare names. */
    Connection tables() throws SQLException {
        Connection connection = database.connection();
        if (postgres) {
            connection.setSchema("twinstore");
        }
        return connection;
    }

    /** Makes everything as it was at first. */
    void clear() throws SQLException {
        try (Connection connection = tables();
                Statement statement = connection.createStatement()) {
            for (String table :
                    List.of("session_messages", "configs", "applications", "users", "settings")) {
                statement.execute("delete from " + table);
            }
        }
        cursors.clear();
        keys.clear();
        ids.set(0);
        clock.set(START);
    }

    @Override
    public void close() {
        storage.close();
        database.close();
    }
}

package io.twinstore.storage.testkit;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import io.twinstore.storage.UserStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a clause works with: the storage under test, which may be sabotaged, its clock, and records
 * of its own.
 *
 * <p>Clauses of a class share a database, so each works on ids that no other has; one that needs an
 * empty database asks for a {@link #fresh()} one.
 */
final class ClauseContext implements AutoCloseable {

    /** Where the clock stands when a clause begins; with microseconds, as adapters keep them. */
    static final Instant START = Instant.parse("2026-11-20T09:30:12.345678Z");

    private static final AtomicLong COUNTER = new AtomicLong();

    private final StorageHarness harness;
    private final TestDatabase database;
    private final SettableClock clock;
    private final UnaryOperator<Storage> front;
    private final Deque<Resource> opened = new ConcurrentLinkedDeque<>();
    private @Nullable Storage storage;

    /**
     * @param storage the storage under test, or null to open one when it is first asked for
     * @param front puts a saboteur in front of a storage, or nothing
     */
    ClauseContext(
            StorageHarness harness,
            TestDatabase database,
            SettableClock clock,
            @Nullable Storage storage,
            UnaryOperator<Storage> front) {
        this.harness = harness;
        this.database = database;
        this.clock = clock;
        this.front = front;
        this.storage = storage == null ? null : front.apply(storage);
    }

    /** Returns the storage under test. */
    Storage storage() {
        if (storage == null) {
            storage = open(options -> options);
        }
        return storage;
    }

    ConfigStore configs() {
        return storage().configs();
    }

    SessionStore sessions() {
        return storage().sessions();
    }

    ApplicationStore applications() {
        return storage().applications();
    }

    UserStore users() {
        return storage().users();
    }

    SettingsStore settings() {
        return storage().settings();
    }

    SettableClock clock() {
        return clock;
    }

    StorageHarness harness() {
        return harness;
    }

    StorageOptions options() {
        return database.options();
    }

    /** Opens one more storage on the same database; it is closed after the clause. */
    Storage open(UnaryOperator<StorageOptions.Builder> change) {
        StorageOptions options = change.apply(database.options().toBuilder().clock(clock)).build();
        Storage another = database.open(options);
        opened.push(another::close);
        return front.apply(another);
    }

    /** Opens a connection as a host would, with autocommit off; it is closed after the clause. */
    Connection connection() throws SQLException {
        Connection connection = database.connection();
        opened.push(connection::close);
        connection.setAutoCommit(false);
        return connection;
    }

    /** Makes an empty database with a clock and, once asked for, a storage of its own. */
    ClauseContext fresh() {
        TestDatabase empty = harness.newDatabase();
        opened.push(empty::close);
        ClauseContext context =
                new ClauseContext(harness, empty, new SettableClock(START), null, front);
        opened.push(context::close);
        return context;
    }

    /** Returns text that no other clause has. */
    String unique(String prefix) {
        return prefix + "-" + COUNTER.incrementAndGet();
    }

    UserId user(String name) {
        return UserId.of(unique(name));
    }

    AppId app(String name) {
        return AppId.of(unique(name));
    }

    SessionId sessionId() {
        return SessionId.of(unique("session"));
    }

    ConfigId configId() {
        return ConfigId.of(unique("config"));
    }

    /** Creates a config of its own. */
    Config config() {
        return configs().create(NewConfig.named(unique("bot")).id(configId()));
    }

    /** Creates a session that nobody owns, on a config of its own. */
    Session session() {
        return sessions().create(NewSession.on(config().id()).id(sessionId()));
    }

    /** Creates a session with this owner, on a config of its own. */
    Session sessionOf(UserId owner) {
        return sessions().create(NewSession.on(config().id()).id(sessionId()).owner(owner));
    }

    /** Closes what the clause opened, the last first; all of it, even where one fails. */
    @Override
    public void close() throws SQLException {
        SQLException problem = null;
        for (Resource resource = opened.poll(); resource != null; resource = opened.poll()) {
            try {
                resource.close();
            } catch (SQLException e) {
                problem = e;
            }
        }
        if (problem != null) {
            throw problem;
        }
    }

    /** Something that was opened for the clause. */
    private interface Resource {
        void close() throws SQLException;
    }
}

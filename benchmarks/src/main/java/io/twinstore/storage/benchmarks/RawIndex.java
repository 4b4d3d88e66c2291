package io.twinstore.storage.benchmarks;

import io.twinstore.storage.NewMessage;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The floor of indexing: the same texts in the database's own full-text index, parsed by the
 * database, in transactions of as many as the library takes at once. The texts are at hand; there
 * is neither a table of entries nor a note of what is indexed.
 */
final class RawIndex implements AutoCloseable {

    private static final int BATCH = 400;

    private final Storage storage;
    private final boolean postgres;
    private long next;

    RawIndex(Storage storage) throws SQLException {
        this.storage = storage;
        this.postgres = storage.info().database().equals(StorageOptions.POSTGRESQL);
        close();
        if (postgres) {
            execute("create table twinstore_raw_index (id bigint primary key, terms tsvector)");
            execute("create index twinstore_raw_terms on twinstore_raw_index using gin (terms)");
        } else {
            execute(
                    "create virtual table twinstore_raw_index using fts5 (terms, content = '',"
                            + " tokenize = 'porter unicode61')");
        }
    }

    /** Indexes all of them so many times; returns the nanoseconds for one. */
    double index(List<NewMessage> messages, int times) throws SQLException {
        String sql =
                postgres
                        ? "insert into twinstore_raw_index values (?, to_tsvector('english', ?))"
                        : "insert into twinstore_raw_index (rowid, terms) values (?, ?)";
        List<String> texts = messages.stream().map(message -> message.body().text()).toList();
        long start = System.nanoTime();
        for (int time = 0; time < times; time++) {
            for (int from = 0; from < texts.size(); from += BATCH) {
                List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
                storage.<Boolean, SQLException>withConnection(
                        connection -> add(connection, sql, batch));
            }
        }
        return (double) (System.nanoTime() - start) / texts.size() / times;
    }

    private boolean add(Connection connection, String sql, List<String> texts) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(sql);
                Statement unsafe = connection.createStatement()) {
            if (postgres) {
                unsafe.execute("set local synchronous_commit = off");
            }
            for (String text : texts) {
                insert.setLong(1, ++next);
                insert.setString(2, text);
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
        return true;
    }

    private void execute(String sql) throws SQLException {
        storage.<Boolean, SQLException>withConnection(
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute(sql);
                    }
                });
    }

    @Override
    public void close() throws SQLException {
        execute("drop table if exists twinstore_raw_index");
    }
}

package io.twinstore.storage.benchmarks;

import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The floor: raw prepared single-row INSERTs, each in autocommit, into a table of the same shape as
 * the messages' own: same types, collations and key.
 */
final class RawTable implements AutoCloseable {

    private static final String SESSION = "01a1f952-0299-719d-8a93-2bfcc6ec1408";

    private final Storage storage;
    private final boolean postgres;
    private final AtomicLong sequence = new AtomicLong();

    RawTable(Storage storage) throws SQLException {
        this.storage = storage;
        this.postgres = storage.info().database().equals(StorageOptions.POSTGRESQL);
        drop();
        execute(
                postgres
                        ? "create table twinstore_benchmark (like session_messages including all)"
                        : "create table twinstore_benchmark (session_id text not null, seq integer"
                                + " not null, role text, body text not null, created_at text not"
                                + " null, constraint twinstore_benchmark_pk primary key (session_id,"
                                + " seq)) strict");
    }

    /** A connection's insert, prepared. */
    final class Insert implements AutoCloseable {

        private final PreparedStatement statement;

        private Insert(PreparedStatement statement) {
            this.statement = statement;
        }

        void run(String body) throws SQLException {
            statement.setString(1, SESSION);
            statement.setLong(2, sequence.incrementAndGet());
            statement.setString(3, "user");
            statement.setString(4, body);
            if (postgres) {
                statement.setObject(5, OffsetDateTime.now(ZoneOffset.UTC));
            } else {
                statement.setString(5, "2026-11-20T09:30:12.345678Z");
            }
            statement.executeUpdate();
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }

    Insert on(Connection connection) throws SQLException {
        return new Insert(
                connection.prepareStatement(
                        "insert into twinstore_benchmark (session_id, seq, role, body, created_at)"
                                + " values (?, ?, ?, ?"
                                + (postgres ? "::json" : "")
                                + ", ?)"));
    }

    private void drop() throws SQLException {
        execute("drop table if exists twinstore_benchmark");
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
        drop();
    }
}

package io.twinstore.storage.sqlite;

import io.twinstore.storage.jdbi.Notice;
import io.twinstore.storage.jdbi.Notices;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Notices that another process committed by asking {@code pragma data_version} now and then: it
 * changes with every commit of any other connection, and costs no lock. Nobody needs to be told.
 */
final class SqliteNotices implements Notices {

    /** How often to ask, and how seldom tails look under load. */
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(10);

    private final SqliteTransactions.Opening opening;

    /**
     * @param opening opens a connection for the watch alone
     */
    SqliteNotices(SqliteTransactions.Opening opening) {
        this.opening = opening;
    }

    @Override
    public void tell(Notice notice) {
        // The commit itself tells.
    }

    @Override
    public void tellWithin(Handle handle, Notice notice) {
        // The commit itself tells.
    }

    @Override
    public Watch watch() throws SQLException {
        Connection connection = opening.open();
        try {
            return new DataVersionWatch(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        // Nothing is kept.
    }

    /** Asks on a connection of its own, since a connection's own commits do not count. */
    private static final class DataVersionWatch implements Watch {

        private final Connection connection;
        private final Statement statement;
        private long seen;

        DataVersionWatch(Connection connection) throws SQLException {
            this.connection = connection;
            this.statement = connection.createStatement();
            this.seen = version();
        }

        private long version() throws SQLException {
            try (ResultSet row = statement.executeQuery("pragma data_version")) {
                row.next();
                return row.getLong(1);
            }
        }

        @Override
        public void await(Duration atMost, Consumer<Notice> consumer)
                throws SQLException, InterruptedException {
            long start = System.nanoTime();
            long rest = atMost.toNanos();
            while (rest > 0) {
                TimeUnit.NANOSECONDS.sleep(Math.min(rest, INTERVAL));
                long now = version();
                if (now != seen) {
                    seen = now;
                    consumer.accept(Notice.unknown());
                    return;
                }
                rest = atMost.toNanos() - (System.nanoTime() - start);
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                // It only ever read; there is nothing to lose.
                return;
            }
        }
    }
}

package io.twinstore.storage.sqlite;

import com.zaxxer.hikari.HikariDataSource;
import io.twinstore.storage.Isolation;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.jdbi.Transactions;
import io.twinstore.storage.jdbi.WaitingLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * One writing connection behind a line, and a pool of readers.
 *
 * <p>SQLite lets one connection write at a time, and makes the others poll for their turn: a pool
 * of writers spends its time there and starves some of its threads. A queue in the process is fair,
 * and only other processes are waited for in SQLite's way.
 */
final class SqliteTransactions implements Transactions {

    private final WaitingLine turn;
    private final WaitingLine reading;
    private final Jdbi readers;
    private final HikariDataSource pool;
    private final Opening opening;
    private final SqliteErrors errors;
    private volatile SqliteWriter writer;
    private final Duration timeout;

    SqliteTransactions(
            Jdbi readers,
            HikariDataSource pool,
            Connection writer,
            Opening opening,
            SqliteErrors errors,
            Duration timeout)
            throws SQLException {
        this.readers = readers;
        this.pool = pool;
        this.opening = opening;
        this.errors = errors;
        this.writer = new SqliteWriter(writer);
        this.timeout = timeout;
        this.reading = new WaitingLine(pool.getMaximumPoolSize(), timeout, errors.noReader());
        this.turn =
                new WaitingLine(
                        1,
                        timeout,
                        "The database was being written for longer than the connection time-out of "
                                + timeout
                                + ".");
    }

    @Override
    public Lease reading() {
        reading.enter();
        Handle handle;
        try {
            handle = readers.open();
        } catch (RuntimeException | Error e) {
            reading.leave();
            throw e;
        }
        return new Lease() {
            @Override
            public Handle handle() {
                return handle;
            }

            @Override
            public void close() {
                try {
                    handle.close();
                } finally {
                    reading.leave();
                }
            }
        };
    }

    @Override
    public WriterLease writing() throws SQLException {
        turn.enter();
        try {
            if (writer.isClosed()) {
                reopen();
            }
            return new WriterLease(writer.handle());
        } catch (SQLException | RuntimeException | Error e) {
            turn.leave();
            throw e;
        }
    }

    private void reopen() throws SQLException {
        Connection connection = opening.open();
        try {
            writer = new SqliteWriter(connection);
            // Whoever closes says so first and closes the writer then, so one of both sees this
            // one.
            turn.refuseClosed();
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Lends a connection of its own, so that no setting and no open result of the host's stays on
     * the writer.
     */
    @Override
    public Lease lending() throws SQLException {
        turn.enter();
        try {
            return new WriterLease(lent());
        } catch (SQLException | RuntimeException | Error e) {
            turn.leave();
            throw e;
        }
    }

    private Handle lent() throws SQLException {
        Connection connection = opening.open();
        try {
            return SqliteWriter.handleOn(connection);
        } catch (RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void takeBack(Handle handle) throws SQLException {
        // Closing rolls back whatever was begun.
        handle.getConnection().close();
    }

    @Override
    public void begin(Handle handle, Isolation isolation) throws SQLException {
        writer.begin(timeout);
    }

    @Override
    public void beginReading(Handle handle) {
        handle.execute("begin");
    }

    @Override
    public void commit(Handle handle) throws SQLException {
        writer.commit();
    }

    @Override
    public void rollback(Handle handle) throws SQLException {
        if (writer.owns(handle)) {
            writer.rollback();
        } else {
            handle.execute("rollback");
        }
    }

    /** Returns the statements of the handle's connection. */
    SqliteStatements statements(Handle handle) {
        return writer.owns(handle) ? writer : SqliteStatements.shortLived(handle.getConnection());
    }

    @Override
    public StorageInfo.Pool pool() {
        var state = pool.getHikariPoolMXBean();
        int writing = turn.isBusy() ? 1 : 0;
        return new StorageInfo.Pool(
                state.getActiveConnections() + writing,
                state.getIdleConnections() + 1 - writing,
                reading.waiting() + turn.waiting(),
                pool.getMaximumPoolSize() + 1);
    }

    @Override
    public void close() {
        // First, or a caller whose turn comes now would open the writer again.
        turn.close();
        reading.close();
        pool.close();
        try {
            writer.closeConnection();
        } catch (SQLException e) {
            throw errors.translate(e);
        }
    }

    @Override
    public String toString() {
        return "sqlite";
    }

    /** Opens the writing connection. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    /** The turn to write. */
    final class WriterLease implements Lease {

        private final Handle handle;

        private WriterLease(Handle handle) {
            this.handle = handle;
        }

        @Override
        public Handle handle() {
            return handle;
        }

        @Override
        public void close() {
            turn.leave();
        }
    }
}

package io.twinstore.storage.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.twinstore.storage.Isolation;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.jdbi.Transactions;
import io.twinstore.storage.jdbi.WaitingLine;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Handles from a pool. The isolation is set within the transaction, so that no pooled connection
 * keeps it.
 */
final class PostgresTransactions implements Transactions {

    private final Jdbi jdbi;
    private final DataSource pool;
    private final WaitingLine line;

    PostgresTransactions(Jdbi jdbi, DataSource pool, WaitingLine line) {
        this.jdbi = jdbi;
        this.pool = pool;
        this.line = line;
    }

    @Override
    public Lease reading() {
        return lend();
    }

    @Override
    public Lease writing() {
        return lend();
    }

    @Override
    public Lease lending() {
        return lend();
    }

    @Override
    public void takeBack(Handle handle) throws SQLException {
        Connection connection = handle.getConnection();
        if (!connection.isClosed()) {
            // The driver knows of a transaction that SQL began; without one this costs no round
            // trip.
            connection.setAutoCommit(false);
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private Lease lend() {
        line.enter();
        Handle handle;
        try {
            handle = jdbi.open();
        } catch (RuntimeException | Error e) {
            line.leave();
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
                    line.leave();
                }
            }
        };
    }

    @Override
    public void begin(Handle handle, Isolation isolation) throws SQLException {
        handle.getConnection().setAutoCommit(false);
        if (isolation != Isolation.READ_COMMITTED) {
            handle.execute(
                    isolation == Isolation.SERIALIZABLE
                            ? "set transaction isolation level serializable"
                            : "set transaction isolation level repeatable read");
        }
    }

    @Override
    public void beginReading(Handle handle) throws SQLException {
        handle.getConnection().setAutoCommit(false);
    }

    @Override
    public void commit(Handle handle) throws SQLException {
        handle.getConnection().commit();
        handle.getConnection().setAutoCommit(true);
    }

    @Override
    public void rollback(Handle handle) throws SQLException {
        handle.getConnection().rollback();
        handle.getConnection().setAutoCommit(true);
    }

    @Override
    public StorageInfo.Pool pool() {
        if (pool instanceof HikariDataSource hikari && hikari.getHikariPoolMXBean() != null) {
            var state = hikari.getHikariPoolMXBean();
            return new StorageInfo.Pool(
                    state.getActiveConnections(),
                    state.getIdleConnections(),
                    line.waiting(),
                    hikari.getMaximumPoolSize());
        }
        // The host's own pool keeps its own books.
        return new StorageInfo.Pool(0, 0, 0, 0);
    }

    @Override
    public void close() {
        line.close();
        if (pool instanceof HikariDataSource hikari) {
            hikari.close();
        }
    }

    @Override
    public String toString() {
        return "postgresql";
    }
}

package io.twinstore.storage.sqlite;

import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.jdbi.ContractTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConnection;

/**
 * The one connection that writes, with its statements kept prepared: preparing costs as much as
 * running them.
 */
final class SqliteWriter implements SqliteStatements {

    private static final String BEGIN = "begin immediate";
    private static final String COMMIT = "commit";

    /**
     * Bounds of a wait for another process, in nanoseconds. Shorter waits cost all processes
     * throughput, since each change of the writer empties the page caches of the others; longer
     * ones let one of them wait for seconds.
     */
    private static final long SHORTEST = 100_000;

    private static final long LONGEST = 4_000_000;

    private final Connection connection;
    private final Handle handle;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    SqliteWriter(Connection connection) throws SQLException {
        this.connection = connection;
        // Or the driver prepares and runs a query for generated keys after each insert.
        connection.unwrap(SQLiteConnection.class).getConnectionConfig().setGetGeneratedKeys(false);
        this.handle = handleOn(connection);
    }

    /** Returns a handle on a connection that is not the writer's. */
    static Handle handleOn(Connection connection) {
        return ContractTypes.prepared(Jdbi.create(connection), new SqliteTypes()).open();
    }

    Handle handle() {
        return handle;
    }

    /** Returns whether this is the writer's own handle: a question of identity. */
    @SuppressWarnings("ReferenceEquality")
    boolean owns(Handle other) {
        return other == handle;
    }

    /**
     * Begins a transaction that may write. While another process writes, its turn is looked for
     * again and again after short waits of random length. SQLite's own waiting sleeps for longer
     * each time, up to 100 ms, and does not find the moment between two commits of a process that
     * writes all the time; it would starve.
     *
     * @throws StorageBusyException when the thread was interrupted while it waited
     */
    void begin(Duration patience) throws SQLException {
        long deadline = 0;
        while (!beganOrClosed()) {
            long now = System.nanoTime();
            deadline = deadline == 0 ? now + patience.toNanos() : deadline;
            if (now - deadline > 0) {
                throw new StorageBusyException(
                        "Another process wrote to the database for longer than the connection time-out of "
                                + patience
                                + ".");
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORTEST, LONGEST));
            if (Thread.currentThread().isInterrupted()) {
                throw new StorageBusyException(
                        "The thread was interrupted while another process wrote to the database.");
            }
        }
    }

    /** Closes the connection when it fails, since a transaction may have begun all the same. */
    private boolean beganOrClosed() throws SQLException {
        try {
            return began();
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    private boolean began() throws SQLException {
        SQLiteConnection driver = connection.unwrap(SQLiteConnection.class);
        int patience = driver.getBusyTimeout();
        driver.setBusyTimeout(0);
        try {
            of(BEGIN).execute();
            return true;
        } catch (SQLException e) {
            // The driver leaves a statement that failed unusable.
            forget(BEGIN);
            if (SqliteErrors.isLocked(e)) {
                return false;
            }
            throw e;
        } finally {
            driver.setBusyTimeout(patience);
        }
    }

    void commit() throws SQLException {
        of(COMMIT).execute();
    }

    @Override
    public PreparedStatement of(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    /** Ends the use of the statements for now; they stay prepared. */
    @Override
    public void close() {
        // Bound again before each use, and dropped by a rollback.
    }

    /**
     * Rolls back, and drops the prepared statements, since the driver leaves one that failed
     * unusable. After some errors, such as a full disk, SQLite has rolled back by itself; when
     * anything else fails the connection is closed, to be opened anew.
     */
    void rollback() throws SQLException {
        try {
            forgetStatements();
            rollbackIfBegun();
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    private void rollbackIfBegun() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                throw e;
            }
        }
    }

    private void forget(String sql) throws SQLException {
        PreparedStatement statement = prepared.remove(sql);
        if (statement != null) {
            statement.close();
        }
    }

    private void forgetStatements() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }

    boolean isClosed() throws SQLException {
        return connection.isClosed();
    }

    void closeConnection() throws SQLException {
        connection.close();
    }
}

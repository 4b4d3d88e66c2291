package io.twinstore.storage.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The SQLite database behind one connection. */
final class SqliteTarget extends MigrationTarget {

    private static final int LONGEST_WAIT_MILLIS = 30_000;

    private static final int PRIMARY_CODE = 0xff;
    private static final int SQLITE_BUSY = 5;

    private final Connection connection;

    SqliteTarget(Connection connection, Changelog changelog) {
        super(changelog, ChangelogTables.SQLITE);
        this.connection = connection;
    }

    @Override
    <T> T on(Step<T> step) throws SQLException, SchemaFailure {
        int before = busyTimeout();
        setBusyTimeout(Math.max(before, LONGEST_WAIT_MILLIS));
        try {
            return inAutoCommit(connection, step);
        } finally {
            setBusyTimeout(before);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The one write lock of the file is all that is needed while everything is one transaction.
     * The other way, {@code locking_mode=exclusive}, waits forever as soon as two processes have
     * the file open: each keeps a shared lock that the other waits for.
     */
    @Override
    void begin(Connection connection) throws SQLException {
        execute(connection, "begin immediate");
    }

    @Override
    boolean meansBusy(SQLException error) {
        return (error.getErrorCode() & PRIMARY_CODE) == SQLITE_BUSY;
    }

    private int busyTimeout() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma busy_timeout")) {
            return row.getInt(1);
        }
    }

    private void setBusyTimeout(int millis) throws SQLException {
        execute(connection, "pragma busy_timeout = " + millis);
    }
}

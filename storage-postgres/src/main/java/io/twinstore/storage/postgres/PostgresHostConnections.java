package io.twinstore.storage.postgres;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.jdbi.HostConnections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/**
 * Sets the search path around each operation, within the host's transaction, and puts the host's
 * own back.
 */
final class PostgresHostConnections implements HostConnections {

    /**
     * Which database this is, and of which server: two servers never start in the same microsecond.
     */
    private static final String IDENTITY =
            "select current_database() || ' ' || pg_catalog.pg_postmaster_start_time()::text";

    private final DataSource pool;
    private final String searchPath;
    private volatile String own;

    private PostgresHostConnections(DataSource pool, String searchPath, String own) {
        this.pool = pool;
        this.searchPath = searchPath;
        this.own = own;
    }

    /** Asks the storage's own database who it is, once: a check must not wait for the pool. */
    static PostgresHostConnections open(DataSource pool, String searchPath) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return new PostgresHostConnections(pool, searchPath, identity(connection));
        }
    }

    @Override
    public void check(Connection connection) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            throw new InvalidValueException(
                    "connection",
                    "one to PostgreSQL",
                    connection.getMetaData().getDatabaseProductName());
        }
        String other = identity(connection);
        if (!own.equals(other) && !askAgain().equals(other)) {
            throw new InvalidValueException(
                    "connection", "one to the database that the storage has open", null);
        }
    }

    /** A server that was started again since has another identity. */
    private String askAgain() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            own = identity(connection);
            return own;
        }
    }

    @Override
    public boolean seesLatest(Connection connection) throws SQLException {
        return connection.getTransactionIsolation() == Connection.TRANSACTION_READ_COMMITTED;
    }

    private static String identity(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(IDENTITY)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public String enter(Handle handle, boolean writes) {
        String found =
                handle.createQuery("select pg_catalog.current_setting('search_path')")
                        .mapTo(String.class)
                        .one();
        set(handle, searchPath);
        return found;
    }

    @Override
    public void leave(Handle handle, String found) {
        set(handle, found);
    }

    private static void set(Handle handle, String path) {
        try (PreparedStatement statement =
                handle.getConnection()
                        .prepareStatement("select pg_catalog.set_config('search_path', ?, true)")) {
            statement.setString(1, path);
            statement.execute();
        } catch (SQLException e) {
            throw new org.jdbi.v3.core.statement.UnableToExecuteStatementException(e, null);
        }
    }
}

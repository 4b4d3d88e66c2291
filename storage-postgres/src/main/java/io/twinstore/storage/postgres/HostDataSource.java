package io.twinstore.storage.postgres;

import io.twinstore.storage.jdbi.DelegatingDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The host's own pool, with the search path and autocommit set on each connection that is borrowed
 * and put back before it is returned: one more round trip each way than a pool of the storage's
 * own.
 */
final class HostDataSource extends DelegatingDataSource {

    /**
     * Sets the search path for the session and returns the one before, whole: JDBC's {@code
     * getSchema} would return its first schema alone.
     */
    private static final String EXCHANGE =
            """
            with found as materialized (select pg_catalog.current_setting('search_path') as path)
            select path, pg_catalog.set_config('search_path', ?, false) from found
            """;

    private final String searchPath;

    /**
     * @param searchPath the path as the setting takes it, its names quoted where they must be
     */
    HostDataSource(DataSource host, String searchPath) {
        super(host);
        this.searchPath = searchPath;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return lent(super.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return lent(super.getConnection(user, password));
    }

    private Connection lent(Connection connection) throws SQLException {
        try {
            boolean autoCommit = connection.getAutoCommit();
            if (!autoCommit) {
                // Or what runs outside our transactions would be rolled back by the pool.
                connection.setAutoCommit(true);
            }
            String found = exchange(connection, searchPath);
            return (Connection)
                    Proxy.newProxyInstance(
                            HostDataSource.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (proxy, method, args) -> {
                                if (method.getName().equals("close") && !connection.isClosed()) {
                                    putBack(connection, found, autoCommit);
                                }
                                return call(connection, method, args);
                            });
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Leaves the connection as it was found, or ends it, so that nobody gets it as it is. */
    private static void putBack(Connection connection, String path, boolean autoCommit)
            throws SQLException {
        try {
            exchange(connection, path);
            if (!autoCommit) {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            connection.abort(Runnable::run);
        }
    }

    private static String exchange(Connection connection, String path) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXCHANGE)) {
            statement.setString(1, path);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static @Nullable Object call(
            Connection connection, Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(connection, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

package io.twinstore.storage.postgres;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.jdbi.DelegatingDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * The host's own pool, with search path, isolation, statement time-out and autocommit set on each
 * connection that is borrowed and put back before it is returned: one more round trip each way than
 * a pool of the storage's own.
 */
final class HostDataSource extends DelegatingDataSource {

    /**
     * Sets what our statements rely on and returns what was there before. JDBC's {@code getSchema}
     * would return the first schema of the search path alone.
     */
    private static final String EXCHANGE =
            """
            with found as materialized (
                select pg_catalog.current_setting('search_path') as path,
                       pg_catalog.current_setting('default_transaction_isolation') as isolation,
                       pg_catalog.current_setting('statement_timeout') as timeout)
            select path, isolation, timeout,
                   pg_catalog.set_config('search_path', ?, false),
                   pg_catalog.set_config('default_transaction_isolation', ?, false),
                   pg_catalog.set_config('statement_timeout', ?, false)
              from found
            """;

    /** What a connection is set to. */
    private record Settings(String searchPath, String isolation, String statementTimeout) {}

    private final Settings ours;

    /**
     * @param searchPath the path as the setting takes it, its names quoted where they must be
     */
    HostDataSource(DataSource host, String searchPath, Duration statementTimeout) {
        super(host);
        this.ours = new Settings(searchPath, "read committed", statementTimeout.toMillis() + "ms");
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
                refuseTransactionUnderWay(connection);
                // Or what runs outside our transactions would be rolled back by the pool.
                connection.setAutoCommit(true);
            }
            Settings found = exchange(connection, ours);
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
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** A pool that hands out the connection of the host's transaction would have us commit it. */
    private static void refuseTransactionUnderWay(Connection connection) throws SQLException {
        if (connection.isWrapperFor(BaseConnection.class)
                && connection.unwrap(BaseConnection.class).getTransactionState()
                        != TransactionState.IDLE) {
            throw new InvalidValueException(
                    "dataSource",
                    "a pool, not one that hands out the connection of a transaction under way; use on(connection) there",
                    null);
        }
    }

    /** Leaves the connection as it was found, or ends it, so that nobody gets it as it is. */
    private static void putBack(Connection connection, Settings found, boolean autoCommit)
            throws SQLException {
        try {
            exchange(connection, found);
            if (!autoCommit) {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            connection.abort(Runnable::run);
        }
    }

    private static Settings exchange(Connection connection, Settings wanted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXCHANGE)) {
            statement.setString(1, wanted.searchPath());
            statement.setString(2, wanted.isolation());
            statement.setString(3, wanted.statementTimeout());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Settings(row.getString(1), row.getString(2), row.getString(3));
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

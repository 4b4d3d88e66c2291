package io.twinstore.storage.schema;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose commits and rollbacks move a savepoint inside a transaction that somebody else
 * ends.
 *
 * <p>Liquibase commits a change first and the row that says so after it. A process killed between
 * the two would leave a database in which the change is applied again and fails, each time. So it
 * gets a connection on which nothing lasts before everything does.
 */
final class SavepointConnection implements InvocationHandler {

    private static final String SET = "savepoint twinstore_change";
    private static final String RELEASE = "release savepoint twinstore_change";
    private static final String ROLLBACK = "rollback to savepoint twinstore_change";

    private final Connection connection;
    private boolean autoCommit;

    private SavepointConnection(Connection connection) {
        this.connection = connection;
    }

    /** Returns such a view of a connection on which a transaction is open. */
    static Connection over(Connection connection) throws SQLException {
        MigrationTarget.execute(connection, SET);
        return (Connection)
                Proxy.newProxyInstance(
                        SavepointConnection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        new SavepointConnection(connection));
    }

    @Override
    public @Nullable Object invoke(
            Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "commit" -> {
                MigrationTarget.execute(connection, RELEASE);
                MigrationTarget.execute(connection, SET);
            }
            case "rollback" -> MigrationTarget.execute(connection, ROLLBACK);
            case "setAutoCommit" ->
                    autoCommit = arguments != null && Boolean.TRUE.equals(arguments[0]);
            case "getAutoCommit" -> {
                return autoCommit;
            }
            case "close" -> {
                // The transaction's owner closes it.
            }
            default -> {
                return forward(method, arguments);
            }
        }
        return null;
    }

    private @Nullable Object forward(Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}

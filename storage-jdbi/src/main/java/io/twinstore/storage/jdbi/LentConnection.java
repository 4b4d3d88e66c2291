package io.twinstore.storage.jdbi;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the pool in the host's hands: good until the call that lent it returns, and not
 * the host's to close. In SQLite it is the only one that writes, so a host that kept it would write
 * past the queue.
 */
final class LentConnection implements InvocationHandler {

    private final Connection connection;
    private volatile boolean over;

    LentConnection(Connection connection) {
        this.connection = connection;
    }

    /** Returns what the host is given. */
    Connection proxy() {
        return (Connection)
                Proxy.newProxyInstance(
                        LentConnection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        this);
    }

    /** Takes it back. */
    void end() {
        over = true;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        switch (method.getName()) {
            case "close" -> {
                end();
                return null;
            }
            case "isClosed" -> {
                return over || connection.isClosed();
            }
            case "equals" -> {
                return arguments != null && proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            case "toString" -> {
                return "a connection lent by the storage";
            }
            default -> {
                return pass(method, arguments);
            }
        }
    }

    private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
        if (over) {
            throw new SQLException("The connection was lent for a call that is over.", "08003");
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}

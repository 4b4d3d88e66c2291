package io.twinstore.storage.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;

/** Sees each statement right before it goes to the database, and may throw. */
@FunctionalInterface
interface StatementProbe {

    void before(String sql);

    default Connection on(Connection connection) {
        return proxy(
                Connection.class,
                (method, arguments) -> {
                    Object result = method.invoke(connection, arguments);
                    if (result instanceof PreparedStatement prepared) {
                        return statement(PreparedStatement.class, prepared, (String) arguments[0]);
                    }
                    return result instanceof Statement statement
                            ? statement(Statement.class, statement, "")
                            : result;
                });
    }

    private <S extends Statement> S statement(Class<S> type, S statement, String prepared) {
        return proxy(
                type,
                (method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        before(arguments == null ? prepared : (String) arguments[0]);
                    }
                    return method.invoke(statement, arguments);
                });
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        StatementProbe.class.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) -> {
                            try {
                                return call.make(method, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    /** What a proxy does with a call. */
    interface Call {
        Object make(Method method, Object[] arguments) throws ReflectiveOperationException;
    }
}

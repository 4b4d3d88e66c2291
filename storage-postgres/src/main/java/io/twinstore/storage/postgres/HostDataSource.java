package io.twinstore.storage.postgres;

import io.twinstore.storage.jdbi.DelegatingDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The host's own pool, with the search path set on each connection that is borrowed and put back
 * before it is returned: one more round trip each way than a pool of the storage's own.
 */
final class HostDataSource extends DelegatingDataSource {

    private final String schema;

    HostDataSource(DataSource host, String schema) {
        super(host);
        this.schema = schema;
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
            String found = connection.getSchema();
            connection.setSchema(schema);
            return (Connection)
                    Proxy.newProxyInstance(
                            HostDataSource.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (proxy, method, args) -> {
                                if (method.getName().equals("close")
                                        && !connection.isClosed()
                                        && found != null) {
                                    connection.setSchema(found);
                                }
                                try {
                                    return method.invoke(connection, args);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}

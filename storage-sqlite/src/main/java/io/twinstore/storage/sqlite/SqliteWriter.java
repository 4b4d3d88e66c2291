package io.twinstore.storage.sqlite;

import io.twinstore.storage.jdbi.ContractTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The one connection that writes, with its statements kept prepared: preparing costs as much as
 * running them.
 */
final class SqliteWriter implements SqliteAppends.PreparedStatements {

    private final Connection connection;
    private final Handle handle;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    SqliteWriter(Connection connection) {
        this.connection = connection;
        this.handle = ContractTypes.prepared(Jdbi.create(connection), new SqliteTypes()).open();
    }

    Handle handle() {
        return handle;
    }

    /** Returns whether this is the writer's own handle: a question of identity. */
    @SuppressWarnings("ReferenceEquality")
    boolean owns(Handle other) {
        return other == handle;
    }

    void execute(String sql) throws SQLException {
        of(sql).execute();
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

    @Override
    public void release() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.clearParameters();
        }
    }

    boolean isClosed() throws SQLException {
        return connection.isClosed();
    }

    void close() throws SQLException {
        connection.close();
    }
}

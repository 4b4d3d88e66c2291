package io.twinstore.storage.sqlite;

import io.twinstore.storage.jdbi.ContractTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
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
        try {
            of(sql).execute();
        } catch (SQLException e) {
            // The driver leaves a statement that failed unusable.
            forgetStatements();
            throw e;
        }
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
     * unusable. After some errors, such as a full disk, SQLite has rolled back by itself; a
     * connection that cannot be rolled back for any other reason is closed, to be opened anew.
     */
    void rollback() throws SQLException {
        forgetStatements();
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                connection.close();
                throw e;
            }
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

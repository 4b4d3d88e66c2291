package io.twinstore.storage.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements of one connection: kept prepared on the writer, closed after use on any other. */
interface SqliteStatements extends AutoCloseable {

    /** Returns the statement, ready to bind. */
    PreparedStatement of(String sql) throws SQLException;

    /** Ends their use for now. */
    @Override
    void close() throws SQLException;

    /** Returns statements that are closed when they are released. */
    static SqliteStatements shortLived(Connection connection) {
        List<PreparedStatement> open = new ArrayList<>();
        return new SqliteStatements() {
            @Override
            public PreparedStatement of(String sql) throws SQLException {
                PreparedStatement statement = connection.prepareStatement(sql);
                open.add(statement);
                return statement;
            }

            @Override
            public void close() throws SQLException {
                for (PreparedStatement statement : open) {
                    statement.close();
                }
            }
        };
    }
}

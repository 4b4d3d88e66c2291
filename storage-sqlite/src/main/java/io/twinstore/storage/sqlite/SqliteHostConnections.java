package io.twinstore.storage.sqlite;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.jdbi.HostConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteConnection;

/**
 * Takes the host's connection when it is to the same file and checks foreign keys, as our own do.
 */
final class SqliteHostConnections implements HostConnections {

    private final Path path;

    SqliteHostConnections(Path path) {
        this.path = path;
    }

    @Override
    public void check(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(SQLiteConnection.class)) {
            throw new InvalidValueException(
                    "connection",
                    "one to SQLite",
                    connection.getMetaData().getDatabaseProductName());
        }
        String file = text(connection, "select file from pragma_database_list where name = 'main'");
        if (!isSame(file)) {
            throw new InvalidValueException(
                    "connection", "one to the file that the storage has open, " + path, file);
        }
        if (!text(connection, "pragma foreign_keys").equals("1")) {
            throw new InvalidValueException("connection.foreign_keys", "on", "off");
        }
        // SQLite does not replace a function while a statement runs.
        String there =
                text(
                        connection,
                        "select 1 from pragma_function_list where name = '"
                                + SqliteConnections.CONTAINS
                                + "'");
        if (there.isEmpty()) {
            SqliteConnections.addFunctions(connection.unwrap(SQLiteConnection.class));
        }
    }

    private boolean isSame(String file) {
        try {
            return !file.isEmpty() && Files.isSameFile(Path.of(file), path);
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            String text = rows.next() ? rows.getString(1) : null;
            return text == null ? "" : text;
        }
    }

    /** Whoever may write here has the file to itself. */
    @Override
    public boolean seesLatest(Connection connection) {
        return true;
    }

    @Override
    public String enter(Handle handle) {
        return "";
    }

    @Override
    public void leave(Handle handle, String found) {
        // Nothing was changed.
    }
}

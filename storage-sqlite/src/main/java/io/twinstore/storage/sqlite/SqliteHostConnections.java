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
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteConnection;

/**
 * Takes the host's connection when it is to the same file and checks foreign keys, as our own do.
 */
final class SqliteHostConnections implements HostConnections {

    /** Changes nothing. */
    private static final String TAKE_TURN = "delete from settings where false";

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
        String file = find(connection, "pragma database_list", "name", "main", "file");
        if (!isSame(file)) {
            throw new InvalidValueException(
                    "connection", "one to the file that the storage has open, " + path, file);
        }
        if (find(connection, "pragma foreign_keys", "foreign_keys", "1", "foreign_keys")
                .isEmpty()) {
            throw new InvalidValueException("connection.foreign_keys", "on", "off");
        }
        // SQLite does not replace a function while a statement runs.
        String name = SqliteConnections.CONTAINS;
        if (find(connection, "pragma function_list", "name", name, "name").isEmpty()) {
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

    /**
     * Looks for a row of a pragma. A query of the same would begin to read, and hold the host's
     * transaction to what the file is now.
     *
     * @return what the row has in the last column, empty where there is no such row
     */
    private static String find(
            Connection connection, String pragma, String column, String value, String wanted)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(pragma)) {
            while (rows.next()) {
                if (value.equals(rows.getString(column))) {
                    return Objects.requireNonNullElse(rows.getString(wanted), "");
                }
            }
            return "";
        }
    }

    /** Whoever may write here has the file to itself. */
    @Override
    public boolean seesLatest(Connection connection) {
        return true;
    }

    /**
     * A write takes its turn before it reads: a transaction that has read is refused the turn once
     * anybody wrote, the storage's own indexing included, and is not made to wait for it either.
     */
    @Override
    public String enter(Handle handle, boolean writes) {
        if (writes) {
            handle.execute(TAKE_TURN);
        }
        return "";
    }

    @Override
    public void leave(Handle handle, String found) {
        // Nothing was changed.
    }
}

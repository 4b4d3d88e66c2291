package io.twinstore.storage.integration.moving;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A SQLite file as tests make it and look at it: cells by type and bytes, as SQLite itself says.
 */
final class SqliteCells {

    private SqliteCells() {}

    /** Runs statements on the file, which is made where it is not there. */
    static void run(Path file, String... statements) throws SQLException {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    static List<String> column(Path file, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    /** All rows of a table, each as its cells' types and bytes in hexadecimal. */
    static List<String> of(Path file, String table, String order) throws SQLException {
        return of(
                file,
                table,
                order,
                column(file, "select name from pragma_table_xinfo('" + table + "') order by cid"));
    }

    static List<String> of(Path file, String table, String order, List<String> columns)
            throws SQLException {
        List<String> parts = new ArrayList<>();
        for (String column : columns) {
            String quoted = "\"" + column + "\"";
            // A real's bytes are not to be had; with 17 digits two of them differ where they do.
            parts.add(
                    "typeof("
                            + quoted
                            + ") || ':' || case typeof("
                            + quoted
                            + ") when 'real' then"
                            + " printf('%!.17e', "
                            + quoted
                            + ") else hex(cast("
                            + quoted
                            + " as blob)) end");
        }
        return column(
                file,
                "select "
                        + String.join(" || ' ' || ", parts)
                        + " from \""
                        + table
                        + "\" order by "
                        + order);
    }
}

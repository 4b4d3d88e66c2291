package io.twinstore.storage.integration.moving;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills the tables of a file, whatever they are: sound rows, and for each column and each trap that
 * is for it a row with that cell. What the file's own rules refuse is left out.
 */
final class DamagedFile {

    /** SQLite's constraint and datatype-mismatch codes: no file can have such a cell. */
    private static final List<Integer> REFUSED = List.of(19, 20);

    private static final int SOUND = 3;

    private final Connection connection;
    private final String time;
    private int number;

    private DamagedFile(Connection connection, String time) {
        this.connection = connection;
        this.time = time;
    }

    /** A column, and where its foreign key leads, if it has one. */
    private record Column(
            String name, Trap.Kind kind, @Nullable String parent, @Nullable String to) {}

    /**
     * Fills the file and writes it to another place with its log not taken in, as after a kill.
     *
     * @param time a sound time of the layout
     * @param tables the tables, parents first
     */
    static void fill(Path made, Path file, String time, List<String> tables, String... last)
            throws Exception {
        try (Connection connection = SqliteCells.connect(made);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma wal_autocheckpoint = 0");
            statement.execute("pragma foreign_keys = off");
            connection.setAutoCommit(false);
            DamagedFile filled = new DamagedFile(connection, time);
            for (String table : tables) {
                filled.fill(table);
            }
            for (String sql : last) {
                statement.execute(sql);
            }
            connection.commit();
            Files.copy(made, file);
            Files.copy(Path.of(made + "-wal"), Path.of(file + "-wal"));
        }
    }

    private void fill(String table) throws SQLException {
        List<Column> columns = columns(table);
        for (int i = 0; i < SOUND; i++) {
            insert(table, columns, null, null);
        }
        for (Column column : columns) {
            for (Trap trap : Trap.values()) {
                if (trap.isFor(column.kind)
                        || (column.parent != null && trap.isFor(Trap.Kind.REFERENCE))) {
                    insert(table, columns, column, trap);
                }
            }
        }
    }

    private List<Column> columns(String table) throws SQLException {
        Map<String, String[]> parents = new HashMap<>();
        for (String[] key :
                rows(
                        "select \"from\", \"table\", coalesce(\"to\", 'rowid') from pragma_foreign_key_list('"
                                + table
                                + "')")) {
            parents.put(key[0], new String[] {key[1], key[2]});
        }
        List<Column> columns = new ArrayList<>();
        for (String[] column :
                rows(
                        "select name, type, null from pragma_table_info('"
                                + table
                                + "') order by cid")) {
            String[] parent = parents.get(column[0]);
            columns.add(
                    new Column(
                            column[0],
                            Trap.Kind.of(column[1], column[0]),
                            parent == null ? null : parent[0],
                            parent == null ? null : parent[1]));
        }
        return columns;
    }

    private List<String[]> rows(String sql) throws SQLException {
        List<String[]> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(new String[] {found.getString(1), found.getString(2), found.getString(3)});
            }
        }
        return rows;
    }

    private void insert(
            String table, List<Column> columns, @Nullable Column at, @Nullable Trap trap)
            throws SQLException {
        number++;
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Column column : columns) {
            names.add('"' + column.name.replace("\"", "\"\"") + '"');
            values.add(column.equals(at) && trap != null ? trap.sql() : sound(table, column));
        }
        String sql =
                "insert into \"%s\" (%s) values (%s)"
                        .formatted(table, String.join(", ", names), String.join(", ", values));
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (!REFUSED.contains(e.getErrorCode() & 0xff)) {
                throw new SQLException(sql, e);
            }
        }
    }

    private String sound(String table, Column column) {
        if (column.parent != null && !column.parent.equals(table)) {
            // A different one for each row, where it has to be unique.
            return "(select \"%s\" from \"%s\" order by rowid limit 1 offset %d %% (select count(*) from \"%s\"))"
                    .formatted(column.to, column.parent, number, column.parent);
        }
        if (column.parent != null) {
            return "null";
        }
        return switch (column.kind) {
            case TEXT ->
                    column.name.equals("status")
                            ? "'" + (table.equals("workflow_history") ? "running" : "active") + "'"
                            : column.name.equals("role")
                                    ? "'viewer'"
                                    : "'" + table + " " + number + "'";
            case JSON -> "'{\"n\": " + number + "}'";
            case INTEGER -> String.valueOf(number);
            case BOOLEAN -> String.valueOf(number % 2);
            case REAL -> number + ".25";
            case TIME -> "'" + time + "'";
            case BLOB -> "x'0" + number % 10 + "'";
            case REFERENCE -> "null";
        };
    }
}

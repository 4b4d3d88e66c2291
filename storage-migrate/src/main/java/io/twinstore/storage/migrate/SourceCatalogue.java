package io.twinstore.storage.migrate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what SQLite knows of a file's tables. */
final class SourceCatalogue {

    private final Connection connection;

    SourceCatalogue(Connection connection) {
        this.connection = connection;
    }

    /** Returns the ordinary tables, by name; neither virtual ones nor SQLite's own. */
    List<SourceTable> tables() throws SQLException {
        List<SourceTable> tables = new ArrayList<>();
        for (String name : named("table")) {
            tables.add(table(name));
        }
        return tables;
    }

    /**
     * Returns the names of tables of this type, {@code table}, {@code virtual} or {@code shadow}.
     */
    List<String> named(String type) throws SQLException {
        return strings(
                "select name from pragma_table_list where schema = 'main' and type = ?"
                        + " and name not like 'sqlite\\_%' escape '\\' order by name",
                type);
    }

    /** Returns the indexes, triggers and views that statements of their own made. */
    List<SourceObject> objects() throws SQLException {
        List<SourceObject> objects = new ArrayList<>();
        each(
                "select type, name, sql from sqlite_master"
                        + " where type in ('index', 'trigger', 'view') and sql is not null"
                        + " order by case type when 'index' then 1 when 'view' then 2 else 3 end, rowid",
                null,
                row ->
                        objects.add(
                                new SourceObject(
                                        row.getString(1), row.getString(2), row.getString(3))));
        return objects;
    }

    SourceTable table(String name) throws SQLException {
        List<SourceTable.Column> columns = new ArrayList<>();
        Map<Integer, String> key = new TreeMap<>();
        each(
                "select name, type, \"notnull\", dflt_value, pk, hidden from pragma_table_xinfo(?)"
                        + " where hidden <> 1 order by cid",
                name,
                row -> {
                    columns.add(
                            new SourceTable.Column(
                                    row.getString(1),
                                    text(row.getString(2)),
                                    row.getInt(3) != 0,
                                    row.getString(4),
                                    row.getInt(6) != 0));
                    if (row.getInt(5) > 0) {
                        key.put(row.getInt(5), row.getString(1));
                    }
                });
        List<SourceTable.Index> indexes = indexes(name);
        boolean rowid =
                strings("select wr from pragma_table_list where schema = 'main' and name = ?", name)
                        .equals(List.of("0"));
        SourceTable.Index keyIndex =
                indexes.stream().filter(i -> i.origin().equals("pk")).findFirst().orElse(null);
        List<String> primaryKey = List.copyOf(key.values());
        boolean alias = rowid && primaryKey.size() == 1 && keyIndex == null;
        return new SourceTable(
                name,
                strings("select sql from sqlite_master where type = 'table' and name = ?", name)
                        .get(0),
                rowid,
                alias ? primaryKey.get(0) : null,
                primaryKey,
                keyIndex == null || keyIndex.binary(),
                columns,
                indexes,
                foreignKeys(name),
                lastId(name));
    }

    private List<SourceTable.Index> indexes(String table) throws SQLException {
        List<SourceTable.Index> indexes = new ArrayList<>();
        each(
                "select name, \"unique\", origin, partial from pragma_index_list(?) order by seq desc",
                table,
                row -> {
                    String name = row.getString(1);
                    List<@Nullable String> columns = new ArrayList<>();
                    List<SourceTable.IndexKey> keys = new ArrayList<>();
                    each(
                            "select name, coll from pragma_index_xinfo(?) where key = 1 order by seqno",
                            name,
                            part -> {
                                columns.add(part.getString(1));
                                keys.add(
                                        new SourceTable.IndexKey(
                                                part.getString(1), text(part.getString(2))));
                            });
                    indexes.add(
                            new SourceTable.Index(
                                    name,
                                    row.getInt(2) != 0,
                                    row.getString(3),
                                    row.getInt(4) != 0,
                                    columns.contains(null) ? null : plain(columns),
                                    keys.stream()
                                            .allMatch(
                                                    k -> k.collation().equalsIgnoreCase("binary")),
                                    keys));
                });
        return indexes;
    }

    private static List<String> plain(List<@Nullable String> columns) {
        return columns.stream().map(String::valueOf).toList();
    }

    private List<SourceTable.ForeignKey> foreignKeys(String table) throws SQLException {
        Map<Integer, SourceTable.ForeignKey> keys = new LinkedHashMap<>();
        each(
                "select id, \"table\", \"from\", \"to\", on_delete, on_update"
                        + " from pragma_foreign_key_list(?) order by id desc, seq",
                table,
                row -> {
                    SourceTable.ForeignKey key =
                            keys.computeIfAbsent(row.getInt(1), id -> started(row));
                    key.columns().add(row.getString(3));
                    if (row.getString(4) != null) {
                        key.parentColumns().add(row.getString(4));
                    }
                });
        return List.copyOf(keys.values());
    }

    private static SourceTable.ForeignKey started(ResultSet row) {
        try {
            return new SourceTable.ForeignKey(
                    new ArrayList<>(),
                    row.getString(2),
                    new ArrayList<>(),
                    row.getString(5),
                    row.getString(6));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long lastId(String table) throws SQLException {
        if (strings("select 1 from sqlite_master where name = ?", "sqlite_sequence").isEmpty()) {
            return 0;
        }
        List<String> found =
                strings("select cast(seq as integer) from sqlite_sequence where name = ?", table);
        return found.isEmpty() || found.get(0) == null ? 0 : Long.parseLong(found.get(0));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private List<String> strings(String sql, String parameter) throws SQLException {
        List<String> found = new ArrayList<>();
        each(sql, parameter, row -> found.add(row.getString(1)));
        return found;
    }

    /** What is done with each row. */
    private interface OnRow {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String sql, @Nullable String parameter, OnRow work) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (parameter != null) {
                statement.setString(1, parameter);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    work.take(rows);
                }
            }
        }
    }
}

package io.twinstore.storage.sqlite.legacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code residue}: original cells, the old schema, and which configs were made. */
final class ResidueTable implements AutoCloseable {

    /** Stands for the old file's schema where a table stands otherwise. */
    private static final String SCHEMA = "sqlite_schema";

    private static final String MADE = "absent";

    private static final String INSERT =
            """
            insert into residue (source_table, source_key, source_column, cell_type, cell, fingerprint,
                                 session_id, config_id, app_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String FIND =
            """
            select source_column, cell_type, cell, fingerprint
              from residue
             where source_table = ? and source_key = ? and cell_type <> 'absent'
            """;

    private static final String SAVE_SCHEMA =
            """
            insert into residue (source_table, source_key, source_column, cell_type, cell, fingerprint)
            values ('sqlite_schema', ?, 'sql', 'text', ?, '')
            """;

    private static final String FIND_MADE =
            """
            select fingerprint
              from residue
             where source_table = 'configs' and source_key = ? and source_column = '' and cell_type = 'absent'
            """;

    private final PreparedStatement insert;
    private final PreparedStatement find;
    private final PreparedStatement findMade;
    private final Connection connection;

    ResidueTable(Connection connection) throws SQLException {
        this.connection = connection;
        insert = connection.prepareStatement(INSERT);
        find = connection.prepareStatement(FIND);
        findMade = connection.prepareStatement(FIND_MADE);
    }

    /** Keeps a cell beside the row with this key. */
    void add(LegacyTable table, String key, String column, Residue residue) throws SQLException {
        add(table.name(), table.kind(), key, column, residue.cell().type().sqlName(), residue);
    }

    /** Keeps that a config was made, as this fingerprint tells it. */
    void addMade(String config, String fingerprint) throws SQLException {
        add("configs", Kind.CONFIG, config, "", MADE, new Residue(Cell.NULL, fingerprint));
    }

    private void add(
            String table, Kind kind, String key, String column, String type, Residue residue)
            throws SQLException {
        insert.setString(1, table);
        insert.setString(2, key);
        insert.setString(3, column);
        insert.setString(4, type);
        insert.setBytes(5, residue.cell().bytes());
        insert.setString(6, residue.fingerprint());
        insert.setString(7, kind == Kind.SESSION ? key : null);
        insert.setString(8, kind == Kind.CONFIG ? key : null);
        insert.setString(9, kind == Kind.APPLICATION ? key : null);
        insert.executeUpdate();
    }

    /** Returns the cells beside the row with this key, by column. */
    Map<String, Residue> find(LegacyTable table, String key) throws SQLException {
        Map<String, Residue> found = new HashMap<>();
        find.setString(1, table.name());
        find.setString(2, key);
        try (ResultSet rows = find.executeQuery()) {
            while (rows.next()) {
                byte[] bytes = rows.getBytes(3);
                Cell.Type type = Cell.Type.named(rows.getString(2));
                Cell cell = Cell.of(type, bytes == null ? new byte[0] : bytes);
                found.put(rows.getString(1), new Residue(cell, rows.getString(4)));
            }
        }
        return found;
    }

    /** Returns as what the config was made; null where it was not. */
    @Nullable String made(String config) throws SQLException {
        findMade.setString(1, config);
        try (ResultSet row = findMade.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** Keeps the statements that made the old file's schema, so that it can be made again. */
    void saveSchema(Connection source) throws SQLException {
        int number = 0;
        try (PreparedStatement save = connection.prepareStatement(SAVE_SCHEMA)) {
            for (String sql :
                    Sql.column(
                            source,
                            "select sql from sqlite_master where sql is not null and name not like"
                                    + " 'sqlite\\_%' escape '\\' order by type <> 'table', rowid")) {
                save.setString(1, String.format("%06d", ++number));
                save.setBytes(2, Cell.text(sql).bytes());
                save.executeUpdate();
            }
        }
    }

    /** Returns the statements that make the old file's schema, tables first. */
    static List<String> schema(Connection connection) throws SQLException {
        return Sql.column(
                connection,
                "select cast(cell as text) from residue where source_table = '"
                        + SCHEMA
                        + "' order by source_key");
    }

    /** Returns how many cells there are. */
    static long count(Connection connection) throws SQLException {
        return Long.parseLong(
                String.valueOf(
                        Sql.first(
                                connection,
                                "select count(*) from residue where source_table <> '"
                                        + SCHEMA
                                        + "' and cell_type <> '"
                                        + MADE
                                        + "'")));
    }

    /** Returns how many configs were made. */
    static long countMade(Connection connection) throws SQLException {
        return Long.parseLong(
                String.valueOf(
                        Sql.first(
                                connection,
                                "select count(*) from residue where cell_type = '" + MADE + "'")));
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        find.close();
        findMade.close();
    }
}

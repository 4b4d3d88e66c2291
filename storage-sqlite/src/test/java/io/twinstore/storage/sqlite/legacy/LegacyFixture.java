package io.twinstore.storage.sqlite.legacy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files as the earlier programs write them, sound rows and damaged ones. */
final class LegacyFixture implements AutoCloseable {

    static final String CREATED = "2026-02-05 12:34:56.123456+00:00";
    static final String UPDATED = "2026-02-05 13:00:00+00:00";

    private static final String CONFIGURATION =
            "CREATE TABLE configuration (key TEXT PRIMARY KEY, value TEXT NOT NULL,"
                    + " scope TEXT DEFAULT 'global', updated_at TIMESTAMP NOT NULL)";

    private static final String CONFIGS =
            "CREATE TABLE configs (config_id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT,"
                    + " yaml_content TEXT NOT NULL, created_at TIMESTAMP NOT NULL,"
                    + " updated_at TIMESTAMP NOT NULL, tags TEXT)";

    private static final String SESSIONS_V1 =
            "CREATE TABLE sessions (session_id TEXT PRIMARY KEY, status TEXT NOT NULL, bundle TEXT,"
                    + " provider TEXT, model TEXT, created_at TIMESTAMP NOT NULL,"
                    + " updated_at TIMESTAMP NOT NULL, message_count INTEGER DEFAULT 0,"
                    + " metadata TEXT, config TEXT, transcript TEXT)";

    private static final String SESSIONS_V2 =
            "CREATE TABLE sessions (session_id TEXT PRIMARY KEY, config_id TEXT NOT NULL,"
                    + " status TEXT NOT NULL, created_at TIMESTAMP NOT NULL,"
                    + " updated_at TIMESTAMP NOT NULL, message_count INTEGER DEFAULT 0,"
                    + " transcript TEXT, FOREIGN KEY (config_id) REFERENCES configs(config_id))";

    private static final String APPLICATIONS =
            "CREATE TABLE applications (app_id TEXT PRIMARY KEY, app_name TEXT NOT NULL,"
                    + " api_key_hash TEXT NOT NULL, is_active INTEGER DEFAULT 1,"
                    + " created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL, settings TEXT)";

    private static final String USERS =
            "CREATE TABLE users (user_id TEXT PRIMARY KEY, first_seen TIMESTAMP NOT NULL,"
                    + " last_seen TIMESTAMP NOT NULL, last_seen_app_id TEXT,"
                    + " total_sessions INTEGER DEFAULT 0, metadata TEXT)";

    private static final String SESSIONS_V3 =
            "CREATE TABLE \"sessions\" (session_id TEXT PRIMARY KEY, config_id TEXT NOT NULL,"
                    + " user_id TEXT, created_by_app_id TEXT, last_accessed_by_app_id TEXT,"
                    + " status TEXT NOT NULL, created_at TIMESTAMP NOT NULL,"
                    + " updated_at TIMESTAMP NOT NULL, last_accessed_at TIMESTAMP,"
                    + " message_count INTEGER DEFAULT 0, transcript TEXT,"
                    + " FOREIGN KEY (config_id) REFERENCES configs(config_id))";

    private final Connection connection;

    private LegacyFixture(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        sql("pragma synchronous = off");
    }

    /** Makes an empty file of this layout. */
    static LegacyFixture empty(LegacyLayout layout, Path file) throws SQLException {
        LegacyFixture fixture = new LegacyFixture(file);
        switch (layout) {
            case V1 -> fixture.sql(SESSIONS_V1, CONFIGURATION);
            case V1_OPENED_BY_V2 -> fixture.sql(SESSIONS_V1, CONFIGURATION, CONFIGS);
            case V2 -> fixture.sql(CONFIGS, SESSIONS_V2, CONFIGURATION);
            case V3 -> fixture.sql(CONFIGS, CONFIGURATION, APPLICATIONS, USERS, SESSIONS_V3);
        }
        fixture.sql("CREATE INDEX idx_sessions_status ON sessions(status)");
        return fixture;
    }

    static LegacyFixture open(Path file) throws SQLException {
        return new LegacyFixture(file);
    }

    /** Makes a file with sound rows alone. */
    static void sound(LegacyLayout layout, Path file) throws SQLException {
        try (LegacyFixture fixture = empty(layout, file)) {
            SoundRows.in(fixture, layout);
        }
    }

    /** Makes a file with sound rows and every kind of damage. */
    static void damaged(LegacyLayout layout, Path file) throws SQLException {
        try (LegacyFixture fixture = empty(layout, file)) {
            SoundRows.in(fixture, layout);
            DamagedRows.in(fixture, layout);
        }
    }

    void sql(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /**
     * Adds a row: column, value, column, value. A {@code Raw} value is text of these bytes; a
     * {@code byte[]} is a blob.
     */
    void row(String table, @Nullable Object... values) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < values.length; i += 2) {
            columns.add(String.valueOf(values[i]));
            marks.add(values[i + 1] instanceof Raw ? "cast(? as text)" : "?");
        }
        String sql =
                "insert into "
                        + table
                        + " ("
                        + String.join(", ", columns)
                        + ") values ("
                        + String.join(", ", marks)
                        + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i < values.length; i += 2) {
                @Nullable Object value = values[i];
                statement.setObject(1 + i / 2, value instanceof Raw raw ? raw.bytes : value);
            }
            statement.executeUpdate();
        }
    }

    /** Text that is made of bytes. */
    static final class Raw {

        private final byte[] bytes;

        private Raw(byte[] bytes) {
            this.bytes = bytes;
        }

        static Raw of(int... bytes) {
            byte[] given = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                given[i] = (byte) bytes[i];
            }
            return new Raw(given);
        }
    }

    /** Returns every cell of a file, by table, with type and bytes, read by SQLite's own words. */
    static Map<String, List<String>> cells(Path file) throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (LegacyFixture fixture = open(file)) {
            for (String table :
                    Sql.column(
                            fixture.connection,
                            "select name from sqlite_master where type = 'table'")) {
                List<String> columns =
                        Sql.column(
                                fixture.connection,
                                "select name from pragma_table_info('" + table + "')");
                tables.put(table, fixture.rows(table, columns));
            }
            tables.put(
                    "",
                    Sql.column(
                            fixture.connection,
                            "select type || ' ' || name || ' ' || coalesce(sql, '') from"
                                    + " sqlite_master order by 1"));
        }
        return tables;
    }

    /** Returns how many rows a table has. */
    static long count(Path file, String table) throws SQLException {
        try (LegacyFixture fixture = open(file)) {
            return Sql.count(fixture.connection, table);
        }
    }

    private List<String> rows(String table, List<String> columns) throws SQLException {
        List<String> shown = new ArrayList<>();
        for (String column : columns) {
            // quote() of a text ends at a NUL; hex() does not.
            shown.add(
                    "'%s ' || typeof(%s) || ' ' || case when typeof(%s) in ('text', 'blob') then hex(%s) else quote(%s) end"
                            .formatted(column, column, column, column, column));
        }
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                "select "
                                        + String.join(" || char(10) || ", shown)
                                        + " from "
                                        + table)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        Collections.sort(rows);
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

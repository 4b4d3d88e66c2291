package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.SearchOptions;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A SQLite file of Twinstore's own layout, which nobody else has open. */
final class OwnFile {

    private static final String SEARCH_TERMS = "search_terms";

    private OwnFile() {}

    /** Makes the file as opening it makes it, or brings it up to date. */
    static void make(Path file) {
        Storage.open(
                        StorageOptions.sqlite(file).toBuilder()
                                .schemaMode(SchemaMode.MIGRATE)
                                .search(SearchOptions.off())
                                .build())
                .close();
    }

    /** Returns how the tables of an empty file go from one database to the other. */
    static List<TablePlan> tables(Path empty) throws SQLException, IOException {
        try (Snapshot snapshot = Snapshot.of(MigrationSource.of(empty), false)) {
            return new OwnPlanner(snapshot).plan();
        }
    }

    static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    static void execute(Connection sqlite, String sql) throws SQLException {
        try (Statement statement = sqlite.createStatement()) {
            statement.execute(sql);
        }
    }

    static @Nullable String first(Connection sqlite, String sql) throws SQLException {
        List<String> found = all(sqlite, sql);
        return found.isEmpty() ? null : found.get(0);
    }

    static boolean isOwn(Connection sqlite) throws SQLException {
        return first(sqlite, "select 1 from sqlite_master where name = 'twinstore_changelog'")
                != null;
    }

    /** Returns the first column of all rows. */
    static List<String> all(Connection sqlite, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = sqlite.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    /** Marks everything as to be indexed; there is no index yet. */
    static void markUnindexed(Connection sqlite, @Nullable String language) throws SQLException {
        execute(
                sqlite,
                "insert into search_pending (session_id, indexed_seq, pending_since)"
                        + " select session_id, 0, last_message_at from session_heads where last_seq > 0");
        if (language != null) {
            execute(sqlite, "update search_state set language = " + Sql.literal(language));
        }
    }

    /** Returns the names of the tables that are none of Twinstore's. */
    static List<String> otherTables(Connection sqlite, List<TablePlan> tables) throws SQLException {
        List<String> found =
                all(
                        sqlite,
                        "select name from pragma_table_list where schema = 'main'"
                                + " and type in ('table', 'virtual')"
                                + " and name not like 'sqlite\\_%' escape '\\' order by name");
        tables.forEach(table -> found.remove(table.name()));
        found.removeAll(OwnPlanner.MADE_ANEW);
        found.remove(SEARCH_TERMS);
        return found;
    }

    /**
     * Looks whether the file is sound and Twinstore's own.
     *
     * @param shown how messages name it
     * @throws MigrationException when it is not
     */
    static void requireSound(Path file, Path shown) throws SQLException {
        try (Connection sqlite = connect(file)) {
            String fault = first(sqlite, "pragma integrity_check(1)");
            if (!"ok".equals(fault)) {
                throw new MigrationException(
                        ErrorCode.SCHEMA, shown + " is damaged. Nothing was restored.");
            }
            if (!isOwn(sqlite)) {
                throw new MigrationException(
                        ErrorCode.SCHEMA,
                        shown + " is no file of Twinstore's own layout. Nothing was restored.");
            }
        }
    }
}

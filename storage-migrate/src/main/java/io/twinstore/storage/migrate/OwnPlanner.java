package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import io.twinstore.storage.migrate.TablePlan.ForeignKeyPlan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans a file of Twinstore's own. Both adapters make their schemas themselves, so how each column
 * goes from one to the other is fixed, and nothing is guessed from what the cells look like.
 */
final class OwnPlanner {

    private static final String TIME = "timestamptz:micros-z";

    /** In the order in which they are filled; what a column is not named for is text. */
    private static final Map<String, Map<String, String>> TABLES = new LinkedHashMap<>();

    /** The search index, and how far it is. */
    static final List<String> SEARCHED = List.of("search_entries", "search_pending");

    /** What the target makes itself: the search index, and how far it is. */
    static final List<String> MADE_ANEW =
            List.of(
                    "search_entries",
                    "search_pending",
                    "search_state",
                    "twinstore_changelog",
                    "twinstore_changelog_lock");

    /** No database checks it, since each append would pay; the append sees to it. */
    private static final ForeignKeyPlan MESSAGES =
            new ForeignKeyPlan(
                    "session_messages_head",
                    List.of("session_id"),
                    "session_heads",
                    List.of("session_id"),
                    "NO ACTION",
                    "NO ACTION",
                    false);

    private static final Map<String, List<String>> COLUMNS_MADE_ANEW =
            Map.of("session_heads", List.of("indexed_seq"));

    static {
        table("configs", "jsonb tags", "bigint version", "time created_at updated_at deleted_at");
        table(
                "sessions",
                "jsonb metadata",
                "bigint version",
                "time created_at updated_at last_accessed_at last_activity_at deleted_at held_at");
        table(
                "session_heads",
                "bigint last_seq base_seq message_count fence revision incarnation",
                "boolean deleted",
                "time last_message_at");
        table("session_messages", "bigint seq", "json body", "time created_at");
        table(
                "session_appends",
                "bigint first_seq last_seq base_before base_after",
                "bytea digest",
                "time created_at");
        table("session_participants", "jsonb permissions", "time joined_at last_active_at");
        table("session_leases", "bigint token", "time acquired_at expires_at");
        table("settings", "jsonb value", "time updated_at");
        table("users", "jsonb metadata", "time first_seen last_seen");
        table(
                "applications",
                "boolean active",
                "jsonb settings",
                "bigint version",
                "time created_at updated_at");
        table("application_keys", "time created_at expires_at");
        table("residue", "bytea cell");
    }

    private static void table(String name, String... codecs) {
        Map<String, String> columns = new HashMap<>();
        for (String line : codecs) {
            String[] words = line.split(" ", -1);
            for (int i = 1; i < words.length; i++) {
                columns.put(words[i], words[0].equals("time") ? TIME : words[0]);
            }
        }
        TABLES.put(name, columns);
    }

    private final Snapshot snapshot;
    private final MigrationListener listener;
    private final List<Untranslated> untranslated = new ArrayList<>();
    private final Map<String, Long> bytes = new HashMap<>();

    OwnPlanner(Snapshot snapshot) {
        this(snapshot, MigrationListener.SILENT);
    }

    OwnPlanner(Snapshot snapshot, MigrationListener listener) {
        this.snapshot = snapshot;
        this.listener = listener;
    }

    /** Returns how many bytes each table's cells have. */
    Map<String, Long> bytes() {
        return bytes;
    }

    List<Untranslated> untranslated() {
        return untranslated;
    }

    /** The reference of messages, as SQLite's catalogue would have it. */
    static SourceTable.ForeignKey messagesKey() {
        return new SourceTable.ForeignKey(
                MESSAGES.columns(),
                MESSAGES.parent(),
                MESSAGES.parentColumns(),
                MESSAGES.onDelete(),
                MESSAGES.onUpdate());
    }

    /** Returns whether the target makes this column of one of Twinstore's tables itself. */
    static boolean isMadeAnew(String table, String column) {
        return COLUMNS_MADE_ANEW.getOrDefault(table, List.of()).contains(column);
    }

    /** Returns the names of the tables that go from one database to the other. */
    static List<String> names() {
        return List.copyOf(TABLES.keySet());
    }

    List<TablePlan> plan() throws SQLException {
        Map<String, SourceTable> found = new LinkedHashMap<>();
        for (SourceTable table : new SourceCatalogue(snapshot.connection()).tables()) {
            found.put(table.name(), table);
        }
        List<TablePlan> tables = new ArrayList<>();
        for (String name : TABLES.keySet()) {
            tables.add(planned(required(found, name)));
        }
        found.keySet().removeAll(MADE_ANEW);
        found.keySet()
                .forEach(
                        name ->
                                untranslated.add(
                                        new Untranslated(
                                                "table", name, "it is none of Twinstore's")));
        return tables;
    }

    private static SourceTable required(Map<String, SourceTable> found, String name) {
        SourceTable table = found.remove(name);
        if (table == null) {
            throw new MigrationException(
                    ErrorCode.SCHEMA,
                    "The file is Twinstore's own, and lacks its table " + name + ".");
        }
        return table;
    }

    private TablePlan planned(SourceTable table) throws SQLException {
        List<String> anew = COLUMNS_MADE_ANEW.getOrDefault(table.name(), List.of());
        List<ColumnPlan> columns =
                table.columns().stream()
                        .filter(column -> !anew.contains(column.name()))
                        .map(column -> column(table.name(), column))
                        .toList();
        listener.step("size of " + table.name());
        SourceSize size =
                SourceSize.of(
                        snapshot.connection(),
                        table.name(),
                        columns.stream().map(ColumnPlan::name).toList());
        bytes.put(table.name(), size.bytes());
        return new TablePlan(
                table.name(),
                table.name(),
                size.rows(),
                table.rowid(),
                table.primaryKey(),
                null,
                table.sql(),
                columns,
                table.primaryKey(),
                List.of(),
                List.of(),
                references(table),
                null,
                0,
                anew);
    }

    private static ColumnPlan column(String table, SourceTable.Column column) {
        return new ColumnPlan(
                column.name(),
                column.name(),
                column.declared(),
                TABLES.getOrDefault(table, Map.of()).getOrDefault(column.name(), "text"),
                column.notNull(),
                null,
                false,
                Map.of(),
                0,
                ColumnPlan.UNMEASURED,
                "as Twinstore's schema has it");
    }

    private static List<ForeignKeyPlan> references(SourceTable table) {
        if (table.name().equals("session_messages")) {
            return List.of(MESSAGES);
        }
        return table.foreignKeys().stream().map(key -> foreign(table.name(), key)).toList();
    }

    /** By the names that the changelog of PostgreSQL gives them. */
    private static ForeignKeyPlan foreign(String table, SourceTable.ForeignKey key) {
        String parent = key.parent();
        String noun = parent.substring(0, parent.length() - 1);
        return new ForeignKeyPlan(
                table + "_" + noun + "_fk",
                key.columns(),
                parent,
                key.parentColumns(),
                key.onDelete(),
                key.onUpdate(),
                true);
    }
}

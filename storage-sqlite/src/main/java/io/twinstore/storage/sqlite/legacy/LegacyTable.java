package io.twinstore.storage.sqlite.legacy;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of the earlier programs.
 *
 * @param name its name
 * @param kind what its rows become
 * @param columns its columns; one that adds to what another sets comes after it
 */
record LegacyTable(String name, Kind kind, List<Column> columns) {

    private static final String NOBODY = "legacy-user";
    private static final String NO_APP = "legacy-app";

    static final LegacyTable CONFIGS =
            new LegacyTable(
                    "configs",
                    Kind.CONFIG,
                    List.of(
                            Columns.key("config_id", "config_id"),
                            Columns.text("name", "name", 255, "unnamed"),
                            Columns.optionalText("description", "description", 10_000),
                            Columns.text("yaml_content", "yaml_content", Integer.MAX_VALUE, ""),
                            Columns.time("created_at", "created_at", ' ', "updated_at"),
                            Columns.time("updated_at", "updated_at", ' ', "created_at"),
                            Columns.document("tags", "tags", Cell.NULL)));

    static final LegacyTable CONFIGURATION =
            new LegacyTable(
                    "configuration",
                    Kind.SETTING,
                    List.of(
                            Columns.key("key", "setting_key"),
                            Columns.value("value", "value"),
                            Columns.of(
                                    "scope",
                                    (row, to) -> to.put("scope", scope(row.cell("scope"))),
                                    from -> Cell.text(from.text("scope"))),
                            Columns.time("updated_at", "updated_at", ' ')));

    static final LegacyTable APPLICATIONS =
            new LegacyTable(
                    "applications",
                    Kind.APPLICATION,
                    List.of(
                            Columns.key("app_id", "app_id"),
                            Columns.text("app_name", "name", 255, "unnamed"),
                            Columns.hash("api_key_hash", "key_hash"),
                            Columns.flag("is_active", "active"),
                            Columns.time("created_at", "created_at", 'T', "updated_at"),
                            Columns.time("updated_at", "updated_at", 'T', "created_at"),
                            Columns.document("settings", "settings", Cell.NULL)));

    static final LegacyTable USERS =
            new LegacyTable(
                    "users",
                    Kind.USER,
                    List.of(
                            Columns.key("user_id", "user_id"),
                            Columns.time("first_seen", "first_seen", ' ', "last_seen"),
                            Columns.time("last_seen", "last_seen", ' ', "first_seen"),
                            Columns.optionalReference(
                                    "last_seen_app_id", "last_seen_app_id", NO_APP, Cell.NULL),
                            Columns.counted("total_sessions", "total_sessions"),
                            Columns.document("metadata", "metadata", Cell.NULL)));

    static final LegacyTable SESSIONS_V1 =
            sessions(
                    join(
                            SessionColumns.ofConfig(),
                            List.of(Columns.document("metadata", "metadata", Cell.text("{}")))));

    static final LegacyTable SESSIONS_V2 =
            sessions(List.of(Columns.reference("config_id", "config_id")));

    static final LegacyTable SESSIONS_V3 =
            sessions(
                    List.of(
                            Columns.reference("config_id", "config_id"),
                            Columns.optionalReference(
                                    "user_id", "owner_user_id", NOBODY, Cell.text(NOBODY)),
                            Columns.optionalReference(
                                    "created_by_app_id",
                                    "created_by_app_id",
                                    NO_APP,
                                    Cell.text(NO_APP)),
                            Columns.optionalReference(
                                    "last_accessed_by_app_id",
                                    "last_accessed_by_app_id",
                                    NO_APP,
                                    Cell.NULL),
                            Columns.optionalTime("last_accessed_at", "last_accessed_at")));

    /** Returns the table of sessions with the columns that all have and these of its own. */
    private static LegacyTable sessions(List<Column> own) {
        List<Column> common =
                List.of(
                        Columns.key("session_id", "session_id"),
                        SessionColumns.status(),
                        Columns.time("created_at", "created_at", ' ', "updated_at"),
                        Columns.time("updated_at", "updated_at", ' ', "created_at"),
                        Columns.counted("message_count", "user_messages"),
                        SessionColumns.transcript());
        return new LegacyTable("sessions", Kind.SESSION, join(own, common));
    }

    private static List<Column> join(List<Column> first, List<Column> second) {
        List<Column> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private static String scope(Cell cell) {
        return cell.isNull() || cell.length() == 0 ? "global" : LegacyId.of(cell);
    }

    List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** Returns the key of what is kept of the row. */
    String key(SourceRow row) {
        return LegacyId.ofRow(row.cell(kind.legacyKey()), row.rowid());
    }

    /** Returns what is kept of the row. */
    Kept forth(SourceRow row) {
        Kept kept = new Kept();
        columns.forEach(column -> column.forth(row, kept));
        return kept;
    }
}

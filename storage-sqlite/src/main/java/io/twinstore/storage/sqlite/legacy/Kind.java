package io.twinstore.storage.sqlite.legacy;

import java.util.List;

/** What the rows of a legacy table become. */
enum Kind {
    CONFIG(
            "configs",
            "config_id",
            "name",
            "description",
            "yaml_content",
            "tags",
            "created_at",
            "updated_at"),
    SETTING("settings", "setting_key", "value", "scope", "updated_at"),
    APPLICATION("applications", "app_id", "name", "active", "settings", "created_at", "updated_at"),
    USER("users", "user_id", "first_seen", "last_seen", "last_seen_app_id", "metadata"),
    SESSION(
            "sessions",
            "session_id",
            "config_id",
            "owner_user_id",
            "created_by_app_id",
            "last_accessed_by_app_id",
            "status",
            "metadata",
            "created_at",
            "updated_at",
            "last_accessed_at",
            "last_activity_at");

    private final String table;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so.
    private final List<String> columns;

    Kind(String table, String... columns) {
        this.table = table;
        this.columns = List.of(columns);
    }

    /** Returns the table that keeps them. */
    String table() {
        return table;
    }

    /** Returns its columns that are mapped, the key first. */
    List<String> columns() {
        return columns;
    }

    String key() {
        return columns.get(0);
    }

    /** Returns the key column of the legacy table. */
    String legacyKey() {
        return this == SETTING ? "key" : key();
    }

    /** Returns whether a row has a version that changes with it. */
    boolean versioned() {
        return this == CONFIG || this == APPLICATION || this == SESSION;
    }
}

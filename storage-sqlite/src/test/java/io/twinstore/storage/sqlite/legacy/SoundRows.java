package io.twinstore.storage.sqlite.legacy;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows as the earlier programs write them when all is well. */
final class SoundRows {

    static final String BCRYPT = "$2b$12$" + "k".repeat(53);

    static final String TRANSCRIPT =
            "[{\"role\": \"system\", \"content\": \"You tell of birds.\"}, {\"role\": \"user\","
                    + " \"content\": \"Which pelican is the largest? \\ud83d\\ude80\"}, {\"role\":"
                    + " \"assistant\", \"content\": \"The Dalmatian one, at 1e2 of 1.10 kg.\"}]";

    private SoundRows() {}

    static void in(LegacyFixture file, LegacyLayout layout) throws SQLException {
        switch (layout) {
            case V1, V1_OPENED_BY_V2 -> v1(file);
            case V2 -> v2(file);
            case V3 -> v3(file);
        }
        file.row(
                "configuration",
                "key",
                "active_bundle",
                "value",
                "\"birds\"",
                "updated_at",
                LegacyFixture.UPDATED);
        file.row(
                "configuration",
                "key",
                "providers",
                "value",
                "[1, 2.5, true, \"\\u00fc\"]",
                "scope",
                "project",
                "updated_at",
                LegacyFixture.UPDATED);
    }

    private static void v1(LegacyFixture file) throws SQLException {
        String[] ids = {"first", "second", "third", "fourth"};
        for (int i = 0; i < ids.length; i++) {
            file.row(
                    "sessions",
                    "session_id",
                    ids[i],
                    "status",
                    i % 2 == 0 ? "active" : "completed",
                    "bundle",
                    i < 2 ? "birds" : null,
                    "provider",
                    "anthropic",
                    "model",
                    "claude",
                    "created_at",
                    LegacyFixture.CREATED,
                    "updated_at",
                    "2026-02-0" + (6 + i) + " 13:00:00+00:00",
                    "message_count",
                    1,
                    "metadata",
                    "{\"tags\": [\"a\", " + i + "], \"created\": \"2026\"}",
                    "config",
                    i == 3 ? "{}" : "{\"temperature\": 0.20, \"b\": 1e2}",
                    "transcript",
                    TRANSCRIPT);
        }
    }

    private static void configs(LegacyFixture file) throws SQLException {
        for (String id : new String[] {"birds", "fish"}) {
            file.row(
                    "configs",
                    "config_id",
                    id,
                    "name",
                    "bundle of " + id,
                    "yaml_content",
                    "bundle:\n  name: " + id + "\nnote: \"café 🚀\"\n",
                    "created_at",
                    LegacyFixture.CREATED,
                    "updated_at",
                    LegacyFixture.UPDATED,
                    "tags",
                    id.equals("fish") ? null : "{\"env\": \"dev\", \"team\": \"\\u00e9quipe\"}");
        }
    }

    private static void v2(LegacyFixture file) throws SQLException {
        configs(file);
        for (String id : new String[] {"first", "second"}) {
            file.row(
                    "sessions",
                    "session_id",
                    id,
                    "config_id",
                    "birds",
                    "status",
                    "failed",
                    "created_at",
                    LegacyFixture.CREATED,
                    "updated_at",
                    id.equals("first") ? "2026-02-06 13:00:00+00:00" : "2026-02-07T13:00:00Z",
                    "message_count",
                    1,
                    "transcript",
                    TRANSCRIPT);
        }
    }

    private static void v3(LegacyFixture file) throws SQLException {
        configs(file);
        file.row(
                "applications",
                "app_id",
                "web",
                "app_name",
                "Web",
                "api_key_hash",
                BCRYPT,
                "created_at",
                "2026-02-05T12:34:56+00:00",
                "updated_at",
                "2026-02-05T12:34:56.000001+00:00",
                "settings",
                "{\"rate\": 60}");
        user(file, "auth0|42", 1);
        user(file, "legacy-user", 0);
        session(file, "first", "legacy-user", "legacy-app", "2026-02-06 13:00:00+00:00");
        session(file, "second", "auth0|42", "web", "2026-02-07 13:00:00+00:00");
        session(file, "third", null, null, "2026-02-08 13:00:00+00:00");
    }

    private static void user(LegacyFixture file, String id, int sessions) throws SQLException {
        file.row(
                "users",
                "user_id",
                id,
                "first_seen",
                LegacyFixture.CREATED,
                "last_seen",
                LegacyFixture.UPDATED,
                "last_seen_app_id",
                "web",
                "total_sessions",
                sessions,
                "metadata",
                "{\"name\": \"Ren\\u00e9e\"}");
    }

    private static void session(
            LegacyFixture file,
            String id,
            @Nullable String user,
            @Nullable String app,
            String updated)
            throws SQLException {
        file.row(
                "sessions",
                "session_id",
                id,
                "config_id",
                "birds",
                "user_id",
                user,
                "created_by_app_id",
                app,
                "status",
                "cancelled",
                "created_at",
                LegacyFixture.CREATED,
                "updated_at",
                updated,
                "last_accessed_at",
                user == null ? null : updated,
                "message_count",
                1,
                "transcript",
                TRANSCRIPT);
    }
}

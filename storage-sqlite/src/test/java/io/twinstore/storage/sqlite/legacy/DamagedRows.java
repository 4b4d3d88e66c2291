package io.twinstore.storage.sqlite.legacy;

import io.twinstore.storage.sqlite.legacy.LegacyFixture.Raw;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows with every kind of damage that is found in the field, one kind in each. */
final class DamagedRows {

    private static final Raw NOT_UTF8 = Raw.of('[', '"', 0xff, 0xc0, '"', ']');
    private static final Raw WITH_NUL = Raw.of('a', 0, 'b');

    static final @Nullable Object[] TIMES = {
        "2026-02-05 12:34:56",
        "2026-02-05T12:34:56Z",
        "2026-02-05T12:34:56.5",
        "2026-02-05T14:34:56.123456789+02:00",
        "2026-02-05",
        "2024-02-30 12:00:00+00:00",
        "yesterday",
        "",
        1_770_000_000,
        1_770_000_000_123L,
        Long.MAX_VALUE,
        -1.5,
        new byte[] {1, 2},
        NOT_UTF8,
    };

    static final @Nullable Object[] TRANSCRIPTS = {
        null,
        "",
        "null",
        "no json",
        "{\"role\": \"user\"}",
        "[]",
        " [ ] ",
        "[{\"role\":\"user\"},{\"role\":\"user\"}]",
        "[{\"role\": \"user\", \"x\": NaN}, Infinity, -Infinity, \"NaN\", \"a\\\"NaN\"]",
        "[{\"content\": \"\\u0000 \\ud800 \\udc00\\ud800\"}]",
        "[{\"a\": 1, \"a\": 2}, 1e2, -0.0, " + "9".repeat(400) + ", 1.10]",
        "[1, 2",
        "[1, 2] [3]",
        "[" + "[".repeat(600) + "]".repeat(600) + "]",
        " [\"\ud83d\ude80\"\n,\t2 ]\n",
        NOT_UTF8,
        WITH_NUL,
        new byte[] {'[', ']'},
        new byte[0],
        Raw.of(),
    };

    static final @Nullable Object[] IDS = {
        null, null, "", "i".repeat(255), "i".repeat(256), WITH_NUL, NOT_UTF8, new byte[] {'x'}, " ",
    };

    static final @Nullable Object[] STATUSES = {
        "paused", "ACTIVE", "", "active ", NOT_UTF8, WITH_NUL, new byte[] {1}, "p".repeat(2000),
    };

    static final @Nullable Object[] DOCUMENTS = {
        null,
        "",
        "null",
        "[]",
        "[1, 2]",
        "\"text\"",
        "{\"b\": 1, \"a\": 2, \"a\": 3}",
        "{\"a\":1e2,\"b\":-0.0}",
        "{\"a\": NaN, \"b\": [-Infinity]}",
        "{\"a\\u0000\": \"\\u0000\", \"b\": \"\\ud800x\", \"c\": [1, {\"d\": \"\\udc00\"}]}",
        "{\"a\": 1e999999}",
        "{'a': 1}",
        "{\"legacy_value\": 1}",
        "[".repeat(600),
        NOT_UTF8,
        WITH_NUL,
        new byte[] {'{', '}'},
    };

    static final @Nullable Object[] COUNTS = {
        null,
        "many",
        1.5,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        new byte[] {3},
        "9223372036854775808",
    };

    static final @Nullable Object[] TEXTS = {
        "",
        "n".repeat(255),
        "n".repeat(256),
        "\ud83d\ude80".repeat(300),
        WITH_NUL,
        NOT_UTF8,
        new byte[] {7},
    };

    private final LegacyFixture file;
    private final LegacyLayout layout;
    private int rows;

    private DamagedRows(LegacyFixture file, LegacyLayout layout) {
        this.file = file;
        this.layout = layout;
    }

    static void in(LegacyFixture file, LegacyLayout layout) throws SQLException {
        DamagedRows damage = new DamagedRows(file, layout);
        damage.sessions();
        damage.each("configuration", "value", Arrays.copyOfRange(DOCUMENTS, 1, DOCUMENTS.length));
        damage.each("configuration", "value", "dark", "1.5", "tru", "1e2");
        damage.each("configuration", "scope", IDS);
        damage.each("configuration", "key", IDS);
        damage.each("configuration", "updated_at", TIMES);
        if (layout == LegacyLayout.V2 || layout == LegacyLayout.V3) {
            damage.each("configs", "config_id", IDS);
            damage.each("configs", "name", TEXTS);
            damage.each("configs", "description", TEXTS);
            damage.each("configs", "yaml_content", TEXTS);
            damage.each("configs", "created_at", TIMES);
            damage.each("configs", "tags", DOCUMENTS);
            damage.each("sessions", "config_id", "", "gone", "i".repeat(300), WITH_NUL, NOT_UTF8);
        }
        if (layout == LegacyLayout.V3) {
            damage.v3();
        }
    }

    private void sessions() throws SQLException {
        each("sessions", "session_id", IDS);
        each("sessions", "status", STATUSES);
        each("sessions", "created_at", TIMES);
        each("sessions", "updated_at", TIMES);
        each("sessions", "message_count", COUNTS);
        each("sessions", "transcript", TRANSCRIPTS);
        if (layout == LegacyLayout.V1 || layout == LegacyLayout.V1_OPENED_BY_V2) {
            each("sessions", "metadata", DOCUMENTS);
            each("sessions", "config", DOCUMENTS);
            each("sessions", "bundle", TEXTS);
            each("sessions", "provider", TEXTS);
            file.row(
                    "sessions",
                    "session_id",
                    "both",
                    "status",
                    "odd",
                    "metadata",
                    "{\"a\": NaN}",
                    "created_at",
                    "never",
                    "updated_at",
                    "ever");
        }
    }

    private void v3() throws SQLException {
        each("sessions", "user_id", IDS);
        each("sessions", "created_by_app_id", IDS);
        each("sessions", "last_accessed_by_app_id", "legacy-app", "", "web");
        each("sessions", "last_accessed_at", TIMES);
        each("users", "user_id", IDS);
        each("users", "first_seen", TIMES);
        each("users", "last_seen", TIMES);
        each("users", "last_seen_app_id", "legacy-app", "", null);
        each("users", "total_sessions", COUNTS);
        each("users", "metadata", DOCUMENTS);
        each("applications", "app_id", IDS);
        each("applications", "app_name", TEXTS);
        each("applications", "api_key_hash", "plain", "", WITH_NUL, NOT_UTF8, new byte[] {1});
        each("applications", "is_active", null, 0, 2, -1, "true", "no", 0.5, new byte[] {1});
        each("applications", "updated_at", TIMES);
        each("applications", "settings", DOCUMENTS);
    }

    /** Adds a row for each of the values of this column; the others are sound. */
    private void each(String table, String column, @Nullable Object... values) throws SQLException {
        for (@Nullable Object value : values) {
            List<@Nullable Object> row = new ArrayList<>(sound(table));
            int place = row.indexOf(column);
            if (place >= 0) {
                row.set(place + 1, value);
            } else {
                row.add(column);
                row.add(value);
            }
            file.row(table, row.toArray());
        }
    }

    private List<@Nullable Object> sound(String table) {
        String id = table + "-" + ++rows;
        List<@Nullable Object> row = new ArrayList<>();
        switch (table) {
            case "configuration" -> put(row, "key", id, "value", "1");
            case "configs" ->
                    put(
                            row,
                            "config_id",
                            id,
                            "name",
                            "n",
                            "yaml_content",
                            "a: 1",
                            "created_at",
                            now());
            case "applications" ->
                    put(
                            row,
                            "app_id",
                            id,
                            "app_name",
                            "A",
                            "api_key_hash",
                            SoundRows.BCRYPT,
                            "created_at",
                            now());
            case "users" -> {
                put(row, "user_id", id, "first_seen", now(), "last_seen", now());
                return row;
            }
            default -> {
                put(
                        row,
                        "session_id",
                        id,
                        "status",
                        "active",
                        "created_at",
                        now(),
                        "transcript",
                        "[1, 2]");
                if (layout == LegacyLayout.V2 || layout == LegacyLayout.V3) {
                    put(row, "config_id", "fish");
                }
            }
        }
        put(row, "updated_at", now());
        return row;
    }

    private static void put(List<@Nullable Object> row, @Nullable Object... values) {
        row.addAll(Arrays.asList(values));
    }

    private static String now() {
        return LegacyFixture.UPDATED;
    }
}

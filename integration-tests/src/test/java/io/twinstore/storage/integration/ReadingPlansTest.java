package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Storage;
import io.twinstore.storage.jdbi.MessageDao;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.junit.jupiter.api.Test;

/**
 * Reading a page of a long transcript walks the primary key in order, in both databases: a sort
 * would read it all before the first message.
 */
class ReadingPlansTest {

    private static final int LONG = 20_000;
    private static final int OTHERS = 60;

    /** What the statements are given; the session of 20,000 messages and a page in its middle. */
    private static final Map<String, String> VALUES =
            Map.of(
                    "id",
                    "'s0'",
                    "sequence",
                    "9000",
                    "first",
                    "9000",
                    "last",
                    "9223372036854775807",
                    "limit",
                    "51");

    private static final List<String> PAGES = List.of("forward", "backward", "last", "newestFirst");

    @Test
    void postgresWalksThePrimaryKey() throws SQLException {
        try (TestDatabase database = filled(new PostgresHarness());
                Connection connection = database.connection()) {
            connection.setSchema("twinstore");
            execute(connection, "analyze");
            // The driver's statements are planned for their values at first and for any value
            // later.
            for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
                execute(connection, "set plan_cache_mode = " + mode);
                for (String name : PAGES) {
                    assertThat(postgresPlan(connection, name))
                            .describedAs("%s, %s", name, mode)
                            .containsPattern("Index Scan (Backward )?using session_messages_pk")
                            .doesNotContain("Sort", "Seq Scan on session_messages", "Bitmap");
                }
                // Whoever wants it all may get it sorted, when its rows lie scattered among
                // others'.
                assertThat(postgresPlan(connection, "transcript"))
                        .describedAs(mode)
                        .contains("session_messages_pk")
                        .doesNotContain("Seq Scan on session_messages");
            }
        }
    }

    @Test
    void sqliteWalksThePrimaryKey() throws SQLException {
        try (TestDatabase database = filled(new SqliteHarness());
                Connection connection = database.connection()) {
            for (String analyzed : List.of("no", "yes")) {
                for (String name :
                        List.of(
                                "forward",
                                "backward",
                                "last",
                                "newestFirst",
                                "following",
                                "transcript")) {
                    assertThat(sqlitePlan(connection, name))
                            .describedAs("%s, analyzed: %s", name, analyzed)
                            .contains(
                                    "SEARCH session_messages USING INDEX"
                                            + " sqlite_autoindex_session_messages_1")
                            .doesNotContain("TEMP B-TREE", "SCAN");
                }
                execute(connection, "analyze");
            }
        }
    }

    private static String postgresPlan(Connection connection, String name) throws SQLException {
        Map<String, String> numbers = new TreeMap<>();
        String sql = statement(name);
        List<String> used = VALUES.keySet().stream().filter(v -> sql.contains(":" + v)).toList();
        used.forEach(v -> numbers.put(v, "$" + (numbers.size() + 1)));
        execute(connection, "prepare reading as " + with(sql, numbers));
        try {
            return plan(
                    connection,
                    "explain execute reading ("
                            + used.stream().map(VALUES::get).collect(Collectors.joining(", "))
                            + ")",
                    1);
        } finally {
            execute(connection, "deallocate reading");
        }
    }

    private static String sqlitePlan(Connection connection, String name) throws SQLException {
        return plan(connection, "explain query plan " + with(statement(name), VALUES), 4);
    }

    private static String statement(String name) {
        Method method =
                Arrays.stream(MessageDao.class.getMethods())
                        .filter(m -> m.getName().equals(name))
                        .findFirst()
                        .orElseThrow();
        return method.getAnnotation(SqlQuery.class).value();
    }

    private static String with(String sql, Map<String, String> values) {
        return Pattern.compile(":(\\w+)")
                .matcher(sql)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        values.getOrDefault(found.group(1), "unknown")));
    }

    private static String plan(Connection connection, String sql, int column) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                plan.append(rows.getString(column)).append('\n');
            }
        }
        return plan.toString();
    }

    private static TestDatabase filled(StorageHarness harness) throws SQLException {
        TestDatabase database = harness.newDatabase();
        Storage.open(database.options()).close();
        try (Connection connection = database.connection()) {
            String time = "'2026-11-20T09:30:00.000000Z'";
            String body = "'{\"role\":\"user\",\"content\":\"How do I flip it?\"}'";
            if (harness instanceof PostgresHarness) {
                connection.setSchema("twinstore");
                time += "::timestamptz";
                body += "::json";
            }
            fill(connection, time, body);
        }
        return database;
    }

    private static void fill(Connection connection, String time, String body) throws SQLException {
        execute(
                connection,
                "insert into configs (config_id, name, yaml_content, tags, version, created_at,"
                        + " updated_at) values ('c', 'c', '', '{}', 1, "
                        + time
                        + ", "
                        + time
                        + ")");
        String numbers =
                "with recursive n (i) as (select 0 union all select i + 1 from n where i < %d) ";
        execute(
                connection,
                numbers.formatted(OTHERS)
                        + "insert into sessions (session_id, config_id, status, metadata, version,"
                        + " created_at, updated_at, last_activity_at) select 's' || i, 'c',"
                        + " 'active', '{}', 1, "
                        + String.join(", ", time, time, time)
                        + " from n");
        execute(
                connection,
                "insert into session_heads (session_id, last_seq, base_seq, message_count, fence,"
                        + " deleted) select session_id, 20000, 0, 20000, 0, false from sessions");
        execute(
                connection,
                numbers.formatted(LONG - 1)
                        + "insert into session_messages (session_id, seq, role, body, created_at)"
                        + " select session_id, i + 1, 'user', "
                        + body
                        + ", "
                        + time
                        + " from n, sessions where session_id = 's0' or i < 1000");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

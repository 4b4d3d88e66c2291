package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.integration.CliDatabase.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team moves with the command alone: plan, migrate, verify, flip, and back. */
class CliMoveTest {

    @TempDir private Path folder;

    @Test
    void aTeamFlipsAndGoesBack() throws Exception {
        String plan = folder.resolve("plan.json").toString();
        try (CliDatabase sqlite = CliDatabase.of(Kind.SQLITE, folder);
                CliDatabase postgres = CliDatabase.of(Kind.POSTGRESQL, folder)) {
            String session = run(sqlite.environment(), "demo", "--json").string("/sessionId");
            Map<String, String> both = new HashMap<>(postgres.environment());
            both.putAll(sqlite.environment());
            both.put("DB_TYPE", "sqlite");
            String file = folder.resolve("cli.db").toString();

            CliProcess.Result planned =
                    run(both, "plan", "--from", file, "--out", plan, "--work", folder.toString());
            assertThat(planned.out()).contains("SHA-256", "session_messages", "migrate --plan");
            assertThat(Files.readString(Path.of(plan))).doesNotContain("password", "\"user\"");
            CliProcess.Result moved = run(both, "migrate", "--plan", plan, "--json");
            assertThat(moved.field("/quarantined")).isEqualTo("0");
            assertThat(moved.err()).contains("session_messages: ");
            assertThat(run(both, "verify", "--plan", plan, "--json").field("/equal"))
                    .isEqualTo("true");

            assertThat(run(postgres.environment(), "show", session, "--json").out())
                    .contains("\"messages\"");
            String back = folder.resolve("back.db").toString();
            run(both, "reverse", "--plan", plan, "--to", back);
            assertThat(run(Map.of("SQLITE_DB_PATH", back), "show", session, "--json").out())
                    .contains("\"messages\"");
        }
    }

    @Test
    void rowsInQuarantineAreShownRepairedAndForgotten() throws Exception {
        Path source = folder.resolve("any.db");
        execute(
                source.toString(),
                "create table a (id integer primary key)",
                "create table b (id integer primary key, a integer references a, note text)",
                "insert into a values (1)",
                "insert into b values (1, 1, 'fine'), (2, 7, 'private')");
        String plan = folder.resolve("plan.json").toString();
        Path rows = folder.resolve("rows.json");
        try (CliDatabase postgres = CliDatabase.of(Kind.POSTGRESQL, folder)) {
            Map<String, String> to = postgres.environment();
            run(to, "plan", "--from", source.toString(), "--out", plan);
            run(to, "migrate", "--plan", plan);
            assertThat(run(to, "quarantine", "--plan", plan).out())
                    .contains("b  integer 2", "b_a_fk: no such row in a", "text of 7 bytes")
                    .doesNotContain("private");
            assertThat(run(to, "quarantine", "--plan", plan, "--values").out()).contains("private");
            run(to, "quarantine", "--plan", plan, "--out", rows.toString());
            CliProcess.Result refused =
                    new CliProcess(folder)
                            .run(to, "fix", "--plan", plan, "--rows", rows.toString());
            assertThat(refused.code()).isEqualTo(6);
            assertThat(refused.out()).contains("Nothing was changed", "no such row in a");
            String text = Files.readString(rows);
            assertThat(text).contains("\"value\":\"7\"", "private");
            Files.writeString(rows, text.replace("\"value\":\"7\"", "\"value\":\"1\""));
            CliProcess.Result fixed =
                    run(to, "fix", "--plan", plan, "--rows", rows.toString(), "--json");
            assertThat(fixed.field("/repaired")).isEqualTo("1");
            assertThat(run(to, "verify", "--plan", plan, "--json").field("/equal"))
                    .isEqualTo("true");
            assertThat(run(to, "forget", "--plan", plan, "--yes", "--json").field("/dropped"))
                    .isEqualTo("1");
        }
    }

    @Test
    void aFileOfAnEarlierProgramGoesAtOnceAndSeveralFilesBecomeOne() throws Exception {
        String first = folder.resolve("first.db").toString();
        String second = folder.resolve("second.db").toString();
        for (String file : List.of(first, second)) {
            execute(
                    file,
                    "create table configs (config_id TEXT PRIMARY KEY, name TEXT NOT NULL,"
                            + " description TEXT, yaml_content TEXT NOT NULL, created_at TIMESTAMP"
                            + " NOT NULL, updated_at TIMESTAMP NOT NULL, tags TEXT)",
                    "create table sessions (session_id TEXT PRIMARY KEY, config_id TEXT NOT NULL,"
                            + " status TEXT NOT NULL, created_at TIMESTAMP NOT NULL, updated_at"
                            + " TIMESTAMP NOT NULL, message_count INTEGER DEFAULT 0, transcript TEXT)",
                    "insert into sessions values ('s', 'gone', 'active', '2026-02-05 12:34:56',"
                            + " '2026-02-05 12:34:56+00:00', 1, '[{\"role\": \"user\"}, 2]')");
        }
        execute(second, "update sessions set status = 'completed'");
        String plan = folder.resolve("plan.json").toString();
        try (CliDatabase postgres = CliDatabase.of(Kind.POSTGRESQL, folder)) {
            Map<String, String> to = postgres.environment();
            assertThat(
                            run(
                                            to,
                                            "plan",
                                            "--from",
                                            first,
                                            "--from",
                                            second,
                                            "--schema",
                                            "old",
                                            "--out",
                                            plan)
                                    .out())
                    .contains("Merged from second.db", "1 row to sessions_of_second", second);
            assertThat(run(to, "plan", "--from", first, "--out", plan).out())
                    .contains("layout v2, upgraded on the way", "session_messages");
            run(to, "migrate", "--plan", plan);
            assertThat(run(to, "show", "s", "--json").out()).contains("\"messages\"");
            String own = folder.resolve("own.db").toString();
            run(to, "reverse", "--plan", plan, "--to", own, "--twinstore");
            String old = folder.resolve("old.db").toString();
            assertThat(run(Map.of(), "downgrade", own, "--to", old, "--json").field("/layout"))
                    .isEqualTo("\"v2\"");
            String back = folder.resolve("back.db").toString();
            run(to, "reverse", "--plan", plan, "--to", back);
            assertThat(run(Map.of(), "upgrade", back, "--json").field("/layout"))
                    .isEqualTo("\"v2\"");
        }
    }

    private static void execute(String file, String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private CliProcess.Result run(Map<String, String> environment, String... args)
            throws Exception {
        CliProcess.Result result = new CliProcess(folder).run(environment, args);
        assertThat(result.code()).as(result.toString()).isZero();
        return result;
    }
}

package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.integration.CliDatabase.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

    private CliProcess.Result run(Map<String, String> environment, String... args)
            throws Exception {
        CliProcess.Result result = new CliProcess(folder).run(environment, args);
        assertThat(result.code()).as(result.toString()).isZero();
        return result;
    }
}

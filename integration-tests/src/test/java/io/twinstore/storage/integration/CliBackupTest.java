package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.integration.CliDatabase.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of PostgreSQL is brought into a file, and one of the file into PostgreSQL. */
class CliBackupTest {

    @TempDir private Path folder;

    @Test
    void aBackupGoesEitherWay() throws Exception {
        String backups = folder.resolve("backups").toString();
        try (CliDatabase sqlite = CliDatabase.of(Kind.SQLITE, folder);
                CliDatabase postgres = CliDatabase.of(Kind.POSTGRESQL, folder);
                CliDatabase empty = CliDatabase.of(Kind.POSTGRESQL, folder)) {
            String session = run(postgres.environment(), "demo", "--json").string("/sessionId");
            CliProcess.Result made =
                    run(postgres.environment(), "backup", "--to", backups, "--keep=30d", "--json");
            String file = made.string("/file");
            assertThat(Files.readString(Path.of(file + ".json"))).doesNotContain("password");
            run(sqlite.environment(), "restore", file);
            assertThat(run(sqlite.environment(), "show", session, "--json").out())
                    .contains("\"messages\"");
            String back =
                    run(sqlite.environment(), "backup", "--to", backups, "--json").string("/file");
            assertThat(run(empty.environment(), "restore", back, "--json").field("/rows"))
                    .isEqualTo(made.field("/rows"));
            assertThat(run(empty.environment(), "show", session, "--json").out())
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

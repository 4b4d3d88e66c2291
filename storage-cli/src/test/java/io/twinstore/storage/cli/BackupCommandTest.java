package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore on the embedded database. */
class BackupCommandTest {

    @TempDir private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private String backups = "";

    @BeforeEach
    void makeTheDatabase() {
        Path file = folder.resolve("app.db");
        backups = folder.resolve("backups").toString();
        environment.put("SQLITE_DB_PATH", file.toString());
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            storage.settings().put("theme", Json.of("\"dark\""));
        }
    }

    private Run run(String... args) {
        return Run.of(environment, args);
    }

    private String backup() {
        Run run = run("backup", "--to", backups, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.field("/location")).isEqualTo(environment.get("SQLITE_DB_PATH"));
        assertThat(run.field("/rows")).isEqualTo("1");
        assertThat(run.field("/tables/settings")).isEqualTo("1");
        assertThat(run.field("/sha256")).hasSize(64);
        return run.field("/file");
    }

    @Test
    void aBackupComesBack() {
        String file = backup();
        environment.put("SQLITE_DB_PATH", folder.resolve("new.db").toString());
        Run restored = run("restore", file, "--json");
        assertThat(restored.code()).as(restored.err()).isZero();
        assertThat(restored.field("/location")).isEqualTo(environment.get("SQLITE_DB_PATH"));
        assertThat(restored.field("/rows")).isEqualTo("1");
        assertThat(restored.field("/recorded")).isEqualTo("true");
        assertThat(run("settings", "get", "theme").out()).contains("dark");
        Run again = run("restore", file);
        assertThat(again.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.err()).contains("is there already, and was not touched");
        assertThat(again.out()).isEmpty();
    }

    @Test
    void itIsSaidToAPerson() {
        Run made = run("backup", "--to", backups, "--keep", "30d");
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out())
                .contains("(found)", "read back, equal", "SHA-256", "settings  1 row");
        Run restored = run("restore", backup(), "--replace");
        assertThat(restored.code()).as(restored.err()).isZero();
        assertThat(restored.out())
                .contains("Restored", "equal to its record", "Kept aside", ".before-restore-");
    }

    @Test
    void anAgeThatIsNoneIsRefusedBeforeAnythingIsWritten() {
        for (String age : new String[] {"0d", "59s", "-1d", "30", "d", "1w", "36501d"}) {
            Run run = run("backup", "--to", backups, "--keep=" + age);
            assertThat(run.code()).as(age).isEqualTo(ExitCode.REFUSED);
            assertThat(run.err()).contains("--keep must be", "'" + age + "'");
        }
        assertThat(Path.of(backups)).doesNotExist();
    }

    @Test
    void whatCannotBeIsRefusedByItsCode() throws Exception {
        String file = backup();
        Files.delete(Path.of(file + ".json"));
        environment.put("SQLITE_DB_PATH", folder.resolve("new.db").toString());
        Run bare = run("restore", file);
        assertThat(bare.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(bare.err()).contains("with its record beside it");
        assertThat(run("restore", file, "--unrecorded").out()).contains("it has no record");
        assertThat(run("restore", folder.resolve("none.db").toString()).code())
                .isEqualTo(ExitCode.REFUSED);
        environment.put("SQLITE_DB_PATH", folder.resolve("missing.db").toString());
        assertThat(run("backup", "--to", backups).code()).isEqualTo(ExitCode.SCHEMA);
        environment.put("SQLITE_DB_PATH", folder.resolve("app.db").toString());
        Path text = Files.writeString(folder.resolve("text"), "");
        assertThat(run("backup", "--to", text.toString()).code()).isEqualTo(ExitCode.UNAVAILABLE);
    }
}

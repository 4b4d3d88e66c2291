package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of an earlier program is explained, upgraded, and found upgraded. */
class UpgradeCommandTest {

    @TempDir private Path folder;

    private Path file;

    @BeforeEach
    void make() throws SQLException {
        file = folder.resolve("old.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table configs (config_id TEXT PRIMARY KEY, name TEXT NOT NULL,"
                            + " description TEXT, yaml_content TEXT NOT NULL, created_at TIMESTAMP"
                            + " NOT NULL, updated_at TIMESTAMP NOT NULL, tags TEXT)");
            statement.execute(
                    "create table sessions (session_id TEXT PRIMARY KEY, config_id TEXT NOT NULL,"
                            + " status TEXT NOT NULL, created_at TIMESTAMP NOT NULL, updated_at"
                            + " TIMESTAMP NOT NULL, message_count INTEGER DEFAULT 0, transcript TEXT)");
            statement.execute(
                    "insert into sessions values ('s', 'gone', 'active', '2026-02-05 12:34:56',"
                            + " '2026-02-05 12:34:56+00:00', 1, '[{\"role\": \"user\"}, 2]')");
        }
    }

    private static Run run(Map<String, String> environment, String... args) {
        return Run.of(environment, args);
    }

    @Test
    void upgradesOnceAndSaysWhatItDid() {
        Run run = run(Map.of("DB_TYPE", "postgresql"), "upgrade", file.toString(), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.field("/upgraded")).isEqualTo("true");
        assertThat(run.field("/layout")).isEqualTo("v2");
        assertThat(run.field("/sessions")).isEqualTo("1");
        assertThat(run.field("/messages")).isEqualTo("2");
        assertThat(run.field("/configs")).isEqualTo("1");
        assertThat(run.field("/residue")).isEqualTo("1");
        assertThat(Path.of(run.field("/backup"))).exists();
        Run again = run(Map.of(), "upgrade", file.toString(), "--json");
        assertThat(again.field("/upgraded")).isEqualTo("false");
        Run shown = run(Map.of("SQLITE_DB_PATH", file.toString()), "show", "s", "--json");
        assertThat(shown.code()).as(shown.err()).isZero();
    }

    @Test
    void saysItToAPerson() {
        Run run = run(Map.of(), "upgrade", file.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("layout v2", "Backup", "1 session", "2 messages", "1 cell kept");
        assertThat(run(Map.of(), "upgrade", file.toString()).out()).contains("nothing was done");
    }

    @Test
    void writesTheOldLayoutAgainOnceAndSaysWhereItIs() throws Exception {
        Path old = folder.resolve("back.db");
        Run early = run(Map.of(), "downgrade", file.toString(), "--to", old.toString());
        assertThat(early.code()).isEqualTo(ExitCode.SCHEMA);
        assertThat(early.err()).contains("was not upgraded");
        assertThat(folder.toFile().list()).containsExactly("old.db");
        run(Map.of(), "upgrade", file.toString());
        Run run = run(Map.of(), "downgrade", file.toString(), "--to", old.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("layout v2", old.toString());
        assertThat(Storage.legacyLayout(StorageOptions.sqlite(old))).contains("v2");
        assertThat(Storage.legacyLayout(StorageOptions.sqlite(file))).isEmpty();
        Run again = run(Map.of(), "downgrade", file.toString(), "--to", old.toString());
        assertThat(again.code()).isEqualTo(ExitCode.SCHEMA);
        assertThat(again.err()).contains("is there already");
    }

    @Test
    void otherCommandsExplain() {
        for (String command : new String[] {"sessions", "demo"}) {
            Run run = run(Map.of("SQLITE_DB_PATH", file.toString()), command);
            assertThat(run.code()).isEqualTo(ExitCode.SCHEMA);
            assertThat(run.err()).contains("layout v2, 1 session.", "upgrade " + file);
        }
    }

    @Test
    void whatIsNoSuchFileIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "not a database at all");
        for (Path none : new Path[] {folder.resolve("missing"), text}) {
            Run run = run(Map.of(), "upgrade", none.toString());
            assertThat(run.code()).isEqualTo(ExitCode.SCHEMA);
            assertThat(run.err()).contains(none.toString());
        }
        assertThat(folder.resolve("missing")).doesNotExist();
    }

    @Test
    void anotherWordForStorageLegacyIsRefusedByName() {
        Map<String, String> environment =
                Map.of("SQLITE_DB_PATH", file.toString(), "STORAGE_LEGACY", "yes");
        Run run = run(environment, "sessions");
        assertThat(run.code()).isEqualTo(ExitCode.OPTIONS);
        assertThat(run.err()).contains("STORAGE_LEGACY", "upgrade", "yes");
    }
}

package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.integration.moving.BackedUp.Kind;
import io.twinstore.storage.migrate.Backup;
import io.twinstore.storage.migrate.BackupRecord;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A backup or a restore that is stopped anywhere leaves nothing that looks whole. */
class KilledBackupTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "SQLITE, copy of the file",
        "SQLITE, compared users",
        "POSTGRESQL, copy of session_messages",
        "POSTGRESQL, integrity check"
    })
    void killedItLeavesNoBackup(Kind kind, String event) throws Exception {
        Path backups = folder.resolve("backups");
        try (BackedUp source = BackedUp.of(kind, folder.resolve("source.db"))) {
            try (Storage storage = Storage.open(source.options())) {
                Filled.fill(storage);
            }
            killAt(event, source, backups);
            List<String> left = BackedUp.names(backups);
            assertThat(left).anyMatch(name -> name.endsWith(".db.part"));
            assertThat(left).noneMatch(name -> name.endsWith(".db"));
            for (String name : left) {
                assertThatThrownBy(
                                () ->
                                        Backup.restore(
                                                backups.resolve(name),
                                                StorageOptions.sqlite(folder.resolve("out.db"))))
                        .isInstanceOf(InvalidValueException.class);
            }
            BackupRecord made = Backup.write(source.options(), backups);
            assertThat(BackedUp.names(backups))
                    .containsExactly(
                            ".twinstore-backups.lock",
                            made.file().getFileName().toString(),
                            made.file().getFileName() + ".json");
        }
    }

    private void killAt(String event, BackedUp source, Path backups) throws Exception {
        Path errors = folder.resolve("child.err");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Dorg.sqlite.tmpdir=" + folder,
                                "-Djava.io.tmpdir=" + folder,
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BackupProcess.class.getName(),
                                address(source.options()),
                                backups.toString())
                        .redirectError(errors.toFile())
                        .start();
        BufferedReader says = process.inputReader(StandardCharsets.UTF_8);
        String line = says.readLine();
        while (!event.equals(line)) {
            if (line == null) {
                throw new AssertionError("it ended: " + Files.readString(errors));
            }
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            line = says.readLine();
        }
        assertThat(process.destroyForcibly().waitFor()).isNotZero();
    }

    private static String address(StorageOptions options) {
        if (options.databaseType().equals(StorageOptions.SQLITE)) {
            return options.sqlite().path().toString();
        }
        PostgresOptions postgres = options.postgres();
        return "postgresql://"
                + postgres.user()
                + (postgres.password().isPresent() ? ":" + postgres.password().reveal() : "")
                + "@"
                + postgres.address()
                + "/"
                + postgres.database();
    }

    /** What the listener throws stops it as a lost connection would. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void aRestoreThatWasStoppedIsDoneByTheSameCallAgain(Kind kind) throws Exception {
        Path target = folder.resolve("target").resolve("app.db");
        StorageOptions from = StorageOptions.sqlite(folder.resolve("source.db"));
        List<Object> before;
        try (Storage storage = Storage.open(from)) {
            Filled.fill(storage);
            before = Filled.everything(storage);
        }
        BackupRecord made = Backup.write(from, folder.resolve("backups"));
        try (BackedUp to = BackedUp.of(kind, target)) {
            int stops = 0;
            for (int at = 1; stopped(made, to, at); at += 3) {
                stops++;
                assertThat(target).doesNotExist();
            }
            assertThat(stops).isPositive();
            try (Storage storage = Storage.open(to.options())) {
                assertThat(Filled.everything(storage)).isEqualTo(before);
            }
            assertThatThrownBy(() -> Backup.restore(made.file(), to.options()))
                    .isInstanceOf(MigrationException.class);
        }
    }

    private static boolean stopped(BackupRecord made, BackedUp to, int at) {
        try {
            Backup.restore(made.file(), to.options(), Set.of(), new StopsAt(at));
            return false;
        } catch (Stopped e) {
            return true;
        }
    }

    /** A drill: the schema is dropped, and the same backup comes once more. */
    @Test
    void theSameBackupIsRestoredAgainWhenTheSchemaIsGone() throws Exception {
        StorageOptions from = StorageOptions.sqlite(folder.resolve("source.db"));
        try (Storage storage = Storage.open(from)) {
            Filled.fill(storage);
        }
        BackupRecord made = Backup.write(from, folder.resolve("backups"));
        try (BackedUp to = BackedUp.of(Kind.POSTGRESQL, folder)) {
            Backup.restore(made.file(), to.options());
            to.execute("drop schema twinstore cascade");
            assertThat(Backup.restore(made.file(), to.options()).rows()).isEqualTo(made.rows());
            to.execute("drop schema twinstore cascade");
            assertThat(stopped(made, to, 20)).isTrue();
            to.execute("drop schema twinstore cascade");
            assertThat(Backup.restore(made.file(), to.options()).rows()).isEqualTo(made.rows());
        }
    }

    /** Somebody wrote to what was half restored: it is no longer what the ledger knows. */
    @Test
    void aStoppedRestoreDoesNotGoOnAmongOthersRows() throws Exception {
        StorageOptions from = StorageOptions.sqlite(folder.resolve("source.db"));
        try (Storage storage = Storage.open(from)) {
            Filled.fill(storage);
        }
        BackupRecord made = Backup.write(from, folder.resolve("backups"));
        try (BackedUp to = BackedUp.of(Kind.POSTGRESQL, folder)) {
            assertThat(stopped(made, to, 3)).isTrue();
            to.execute(
                    "insert into twinstore.settings (setting_key, value, scope, updated_at)"
                            + " values ('mine', '1', 'x', now())");
            assertThatThrownBy(() -> Backup.restore(made.file(), to.options()))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("is not empty");
        }
    }

    /** How a listener stops a restore. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Stops at an event. */
    private static final class StopsAt implements MigrationListener {

        private int left;

        private StopsAt(int event) {
            left = event;
        }

        private void event() {
            left--;
            if (left == 0) {
                throw new Stopped();
            }
        }

        @Override
        public void committed(String table, long rows, long of) {
            event();
        }

        @Override
        public void step(String what) {
            event();
        }

        @Override
        public void compared(String table, long rows) {
            event();
        }
    }
}

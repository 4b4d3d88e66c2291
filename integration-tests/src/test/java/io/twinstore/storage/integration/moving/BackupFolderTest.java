package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.migrate.Backup;
import io.twinstore.storage.migrate.BackupRecord;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of backups: names, what goes with age, what was left unfinished. */
class BackupFolderTest {

    private static final Instant START = Instant.parse("2026-02-05T12:34:56.5Z");
    private static final String LOCK = ".twinstore-backups.lock";

    @TempDir private Path folder;

    private final SettableClock clock = new SettableClock(START);
    private Path backups;

    @BeforeEach
    void name() {
        backups = folder.resolve("deep").resolve("backups");
    }

    private StorageOptions database(String name) {
        StorageOptions options =
                StorageOptions.sqlite(folder.resolve(name)).toBuilder().clock(clock).build();
        Storage.open(options).close();
        return options;
    }

    @Test
    void namesAreOfTheMomentAndNeverUsedTwice() throws Exception {
        StorageOptions app = database("app.db");
        Backup.write(app, backups);
        Backup.write(app, backups);
        Files.createFile(backups.resolve("twinstore-20260205-123456-2.db"));
        BackupRecord last = Backup.write(app, backups);
        assertThat(last.takenAt()).isEqualTo(START);
        assertThat(BackedUp.names(backups))
                .filteredOn(name -> name.endsWith(".db"))
                .containsExactly(
                        "twinstore-20260205-123456-1.db",
                        "twinstore-20260205-123456-2.db",
                        "twinstore-20260205-123456-3.db",
                        "twinstore-20260205-123456.db");
    }

    @Test
    void whatIsOlderGoesAndTheRestStays() throws Exception {
        StorageOptions app = database("app.db");
        StorageOptions other = database("other.db");
        BackupRecord old = Backup.write(app, backups);
        BackupRecord others = Backup.write(other, backups);
        Path copied = Files.copy(old.file(), backups.resolve("twinstore-20200101-000000.db"));
        Path named = Files.copy(old.file(), backups.resolve("before-upgrade.db"));
        Files.copy(Path.of(old.file() + ".json"), backups.resolve("before-upgrade.db.json"));
        Path wrong = Files.writeString(backups.resolve("twinstore-20200101-000001.db"), "x");
        Files.writeString(backups.resolve("twinstore-20200101-000001.db.json"), "{}");
        Path changed = Backup.write(app, backups).file();
        Files.writeString(changed, "more", StandardOpenOption.APPEND);
        clock.set(START.plus(Duration.ofDays(1)));
        BackupRecord justWithin = Backup.write(app, backups);
        clock.set(START.plus(Duration.ofDays(31)));
        BackupRecord newest = Backup.write(app, backups);
        assertThat(Backup.expire(newest, Duration.ofDays(30))).containsExactly(old.file());
        assertThat(old.file()).doesNotExist();
        assertThat(Path.of(old.file() + ".json")).doesNotExist();
        assertThat(
                        List.of(
                                others.file(),
                                changed,
                                copied,
                                named,
                                wrong,
                                justWithin.file(),
                                newest.file()))
                .allSatisfy(file -> assertThat(file).exists());
        assertThat(Backup.expire(newest, Duration.ofDays(30))).isEmpty();
    }

    @Test
    void theNewestStaysWhateverItsAge() {
        StorageOptions app = database("app.db");
        clock.set(START.plus(Duration.ofDays(400)));
        BackupRecord ofALaterClock = Backup.write(app, backups);
        clock.set(START);
        BackupRecord newest = Backup.write(app, backups);
        assertThat(Backup.expire(newest, Duration.ofMinutes(1))).isEmpty();
        assertThat(Backup.expire(ofALaterClock, Duration.ofMinutes(1)))
                .containsExactly(newest.file());
        assertThat(ofALaterClock.file()).exists();
    }

    /** The record that is asked by is of a file that somebody moved away. */
    @Test
    void theLastThatIsThereStays() throws Exception {
        StorageOptions app = database("app.db");
        BackupRecord first = Backup.write(app, backups);
        clock.set(START.plus(Duration.ofDays(1)));
        BackupRecord second = Backup.write(app, backups);
        clock.set(START.plus(Duration.ofDays(2)));
        BackupRecord moved = Backup.write(app, backups);
        Files.move(moved.file(), folder.resolve("moved.db"));
        assertThat(Backup.expire(moved, Duration.ofMinutes(1))).containsExactly(first.file());
        assertThat(second.file()).exists();
    }

    @Test
    void agesHaveBounds() {
        BackupRecord made = Backup.write(database("app.db"), backups);
        for (Duration age : List.of(Duration.ZERO, Duration.ofDays(-1), Duration.ofDays(36_501))) {
            assertThatThrownBy(() -> Backup.expire(made, age))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("keep must be 1 minute to 36,500 days")
                    .hasMessageContaining(age.toString());
        }
        assertThat(made.file()).exists();
    }

    /** As a process leaves it that is killed between the names of the record and of the file. */
    @Test
    void whatWasLeftUnfinishedGoes() throws Exception {
        Files.createDirectories(backups);
        for (String left :
                List.of(
                        "twinstore-20200101-000000.db.part",
                        "twinstore-20200101-000000.db.part-wal",
                        "twinstore-20200101-000000.db.json",
                        "twinstore-20200102-000000.db.json.part",
                        "twinstore-20200103-000000.db.json",
                        "notes.db.part")) {
            Files.createFile(backups.resolve(left));
        }
        BackupRecord made = Backup.write(database("app.db"), backups);
        assertThat(BackedUp.names(backups))
                .containsExactlyInAnyOrder(
                        LOCK,
                        made.file().getFileName().toString(),
                        made.file().getFileName() + ".json",
                        "twinstore-20200103-000000.db.json",
                        "notes.db.part");
    }

    @Test
    void oneBackupAtATimeIsWrittenToAFolder() throws Exception {
        StorageOptions app = database("app.db");
        Backup.write(
                app,
                backups,
                new MigrationListener() {
                    @Override
                    public void step(String what) {
                        assertThatThrownBy(() -> Backup.write(app, backups))
                                .isInstanceOf(MigrationException.class)
                                .satisfies(e -> assertThat(code(e)).isEqualTo(ErrorCode.BUSY));
                    }
                });
    }

    private static ErrorCode code(Throwable failure) {
        return ((StorageException) failure).code();
    }

    @Test
    void aFolderThatCannotBeOneIsRefused() throws Exception {
        StorageOptions app = database("app.db");
        Path text = Files.writeString(folder.resolve("text"), "");
        for (Path none : List.of(text, text.resolve("backups"))) {
            assertThatThrownBy(() -> Backup.write(app, none))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("No backup was made")
                    .satisfies(e -> assertThat(code(e)).isEqualTo(ErrorCode.UNAVAILABLE));
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsRefusedAndNothingIsMade() {
        Path missing = folder.resolve("missing.db");
        assertThatThrownBy(() -> Backup.write(StorageOptions.sqlite(missing), backups))
                .isInstanceOf(SchemaException.class);
        assertThat(missing).doesNotExist();
        assertThat(backups).doesNotExist();
    }
}

package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.integration.moving.BackedUp.Kind;
import io.twinstore.storage.migrate.Backup;
import io.twinstore.storage.migrate.Backup.Choice;
import io.twinstore.storage.migrate.BackupRecord;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot be restored is refused by type, and what is there stays as it is. */
class RefusedRestoreTest {

    private static final String CHANGE_FROM_THE_FUTURE =
            "insert into twinstore_changelog (id, author, filename, dateexecuted, orderexecuted,"
                    + " exectype) select '999-future', author, filename, dateexecuted, orderexecuted +"
                    + " 1, exectype from twinstore_changelog order by orderexecuted desc limit 1";

    @TempDir private Path folder;

    private Path source;
    private Path target;
    private BackupRecord made;

    @BeforeEach
    void backUp() {
        source = folder.resolve("source.db");
        target = folder.resolve("target").resolve("app.db");
        try (Storage storage = Storage.open(StorageOptions.sqlite(source))) {
            Filled.fill(storage);
        }
        made = Backup.write(StorageOptions.sqlite(source), folder.resolve("backups"));
    }

    private static <T extends StorageException> T refused(
            Class<T> type, Path file, StorageOptions to, Choice... choices) {
        T failure =
                catchThrowableOfType(
                        type,
                        () -> Backup.restore(file, to, Set.of(choices), MigrationListener.SILENT));
        assertThat(failure).isNotNull();
        return failure;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void oneBitIsEnough(Kind kind) throws Exception {
        byte[] bytes = Files.readAllBytes(made.file());
        try (BackedUp to = BackedUp.of(kind, target)) {
            for (int at : List.of(0, bytes.length / 2, bytes.length - 1)) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= 4;
                Files.write(made.file(), damaged);
                MigrationException failure =
                        refused(MigrationException.class, made.file(), to.options());
                assertThat(failure.code()).isEqualTo(ErrorCode.SCHEMA);
                assertThat(failure).hasMessageContaining("is not what its record says");
                assertThat(target).doesNotExist();
            }
            Files.write(made.file(), bytes);
            Backup.restore(made.file(), to.options());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatHasNoRecordIsTakenOnlyWhenAskedTo(Kind kind) throws Exception {
        Path alone = Files.copy(made.file(), folder.resolve("alone.db"));
        try (BackedUp to = BackedUp.of(kind, target)) {
            assertThat(refused(InvalidValueException.class, alone, to.options()))
                    .hasMessageContaining("alone.db.json");
            assertThat(target).doesNotExist();
            assertThat(
                            Backup.restore(
                                            alone,
                                            to.options(),
                                            Set.of(Choice.UNRECORDED),
                                            MigrationListener.SILENT)
                                    .recorded())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsThereIsNotTouched(Kind kind) throws Exception {
        try (BackedUp to = BackedUp.of(kind, target)) {
            try (Storage storage = Storage.open(to.options())) {
                storage.settings().put("mine", Json.of("1"));
            }
            MigrationException failure =
                    refused(MigrationException.class, made.file(), to.options());
            assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT);
            try (Storage storage = Storage.open(to.options())) {
                assertThat(storage.settings().get("mine").value()).isEqualTo(Json.of("1"));
                assertThat(storage.sessions().find(Filled.FIRST)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aNewerSchemaIsRefused(Kind kind) throws Exception {
        Path newer = Files.copy(made.file(), folder.resolve("newer.db"));
        SqliteCells.run(newer, CHANGE_FROM_THE_FUTURE);
        try (BackedUp to = BackedUp.of(kind, target)) {
            assertThat(refused(SchemaException.class, newer, to.options(), Choice.UNRECORDED))
                    .hasMessageContaining("999-future");
            assertThat(target).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFileThatIsNoneOfOursIsRefused(Kind kind) throws Exception {
        Path other = folder.resolve("other.db");
        SqliteCells.run(other, "create table t (v)");
        Path text = Files.writeString(folder.resolve("text.db"), "not a database".repeat(99));
        try (BackedUp to = BackedUp.of(kind, target)) {
            for (Path file : List.of(other, text)) {
                assertThat(
                                refused(
                                                MigrationException.class,
                                                file,
                                                to.options(),
                                                Choice.UNRECORDED)
                                        .code())
                        .isEqualTo(ErrorCode.SCHEMA);
            }
            assertThat(target).doesNotExist();
            refused(InvalidValueException.class, folder.resolve("missing.db"), to.options());
        }
    }

    @Test
    void aLogWithoutItsFileIsNotTakenForTheRestoredOnes() throws Exception {
        Files.createDirectories(target.getParent());
        Files.writeString(Path.of(target + "-wal"), "of another file");
        assertThat(refused(MigrationException.class, made.file(), StorageOptions.sqlite(target)))
                .hasMessageContaining("-wal is there without its file");
    }

    @Test
    void theFileThatIsReplacedIsKept() throws Exception {
        StorageOptions to = StorageOptions.sqlite(target);
        try (Storage storage = Storage.open(to)) {
            storage.settings().put("mine", Json.of("1"));
        }
        Path aside =
                Backup.restore(made.file(), to, Set.of(Choice.REPLACE), MigrationListener.SILENT)
                        .keptAside();
        try (Storage storage = Storage.open(to)) {
            assertThat(storage.settings().find("mine")).isEmpty();
            assertThat(storage.sessions().find(Filled.FIRST)).isPresent();
        }
        try (Storage storage = Storage.open(StorageOptions.sqlite(Objects.requireNonNull(aside)))) {
            assertThat(storage.settings().get("mine").value()).isEqualTo(Json.of("1"));
        }
    }

    @Test
    void aFileThatIsOpenIsNotReplaced() throws Exception {
        StorageOptions to = StorageOptions.sqlite(target);
        try (Storage storage = Storage.open(to)) {
            assertThat(refused(MigrationException.class, made.file(), to, Choice.REPLACE).code())
                    .isEqualTo(ErrorCode.BUSY);
            storage.settings().put("mine", Json.of("1"));
        }
        assertThat(BackedUp.names(folder.resolve("target")))
                .containsExactly("app.db", "app.db.restoring.lock");
    }

    /** The usual reason for a restore. */
    @Test
    void aDamagedFileIsReplacedAndKeptWithItsLog() throws Exception {
        Files.createDirectories(target.getParent());
        Files.writeString(target, "rubbish".repeat(1000));
        Files.writeString(Path.of(target + "-wal"), "a log");
        StorageOptions to = StorageOptions.sqlite(target);
        Path aside =
                Backup.restore(made.file(), to, Set.of(Choice.REPLACE), MigrationListener.SILENT)
                        .keptAside();
        assertThat(Files.readString(aside)).startsWith("rubbish");
        try (Storage storage = Storage.open(to)) {
            assertThat(storage.sessions().find(Filled.FIRST)).isPresent();
        }
    }

    @Test
    void placesThatCannotBe() throws Exception {
        assertThat(
                        refused(
                                InvalidValueException.class,
                                made.file(),
                                StorageOptions.sqlite(made.file()),
                                Choice.REPLACE))
                .hasMessageContaining("another file than the backup");
        Path text = Files.writeString(folder.resolve("text"), "");
        assertThat(
                        refused(
                                        MigrationException.class,
                                        made.file(),
                                        StorageOptions.sqlite(text.resolve("app.db")))
                                .code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        StorageOptions nobody = StorageOptions.postgres("postgresql://nobody@127.0.0.1:1/none");
        refused(StorageUnavailableException.class, made.file(), nobody);
        assertThat(refused(InvalidValueException.class, made.file(), nobody, Choice.REPLACE))
                .hasMessageContaining("replace must be for a SQLite file");
    }
}

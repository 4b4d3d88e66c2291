package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.integration.moving.BackedUp.Kind;
import io.twinstore.storage.migrate.Backup;
import io.twinstore.storage.migrate.BackupRecord;
import io.twinstore.storage.migrate.RestoreReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A backup of either database is whole, and is restored into either. */
class BackupTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "SQLITE, SQLITE",
        "SQLITE, POSTGRESQL",
        "POSTGRESQL, SQLITE",
        "POSTGRESQL, POSTGRESQL"
    })
    void whatIsRestoredIsWhatWasThere(Kind from, Kind to) {
        try (BackedUp source = BackedUp.of(from, folder.resolve("source.db"));
                BackedUp target = BackedUp.of(to, folder.resolve("target.db"))) {
            List<Object> before;
            try (Storage storage = Storage.open(source.options())) {
                Filled.fill(storage);
                // It is read in pieces.
                storage.sessions()
                        .append(Filled.FIRST, NewMessage.user("caf\u00e9 ".repeat(400_000)));
                // What it finds is in the index of the backup, too.
                Filled.goesOn(storage);
                before = Filled.everything(storage);
            }
            BackupRecord made = Backup.write(source.options(), folder.resolve("backups"));
            RestoreReport done = Backup.restore(made.file(), target.options());
            assertThat(done.rows()).isEqualTo(made.rows());
            assertThat(done.recorded()).isTrue();
            try (Storage storage = Storage.open(target.options())) {
                assertThat(Filled.everything(storage)).isEqualTo(before);
                Filled.goesOn(storage);
            }
            BackupRecord again = Backup.write(target.options(), folder.resolve("again"));
            assertThat(again.tables())
                    .filteredOn(table -> !BackedUp.RENEWED.contains(table.table()))
                    .containsExactlyElementsOf(
                            made.tables().stream()
                                    .filter(table -> !BackedUp.RENEWED.contains(table.table()))
                                    .toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whoeverHeldALeaseIsRefused(Kind kind) {
        try (BackedUp source = BackedUp.of(kind, folder.resolve("source.db"));
                BackedUp target = BackedUp.of(kind, folder.resolve("target.db"))) {
            BackupRecord made;
            SessionLease held;
            SessionLease lost;
            try (Storage storage = Storage.open(source.options())) {
                Filled.fill(storage);
                held = storage.sessions().acquire(Filled.FIRST, "worker", Duration.ofHours(1));
                made = Backup.write(source.options(), folder.resolve("backups"));
                storage.sessions().release(held);
                lost = storage.sessions().acquire(Filled.FIRST, "rival", Duration.ofHours(1));
            }
            Backup.restore(made.file(), target.options());
            try (Storage storage = Storage.open(target.options())) {
                Filled.isNobodys(storage, held, lost);
            }
        }
    }

    /** It was handed messages of the lost time, whose sequences are others' by now. */
    @Test
    void aTailThatStayedOpenEnds() throws Exception {
        try (BackedUp database = BackedUp.of(Kind.POSTGRESQL, folder);
                Storage storage = Storage.open(database.options())) {
            Filled.fill(storage);
            BackupRecord made = Backup.write(database.options(), folder.resolve("backups"));
            storage.sessions().append(Filled.FIRST, NewMessage.user("lost"));
            try (Tail tail = storage.sessions().tail(Filled.FIRST, 6)) {
                assertThat(tail.next(Duration.ofSeconds(30)))
                        .hasValueSatisfying(
                                event ->
                                        assertThat(event)
                                                .isInstanceOf(TailEvent.MessageAppended.class));
                database.execute("drop schema twinstore cascade");
                Backup.restore(made.file(), database.options());
                storage.sessions()
                        .append(Filled.FIRST, NewMessage.user("skipped, if told after 7"));
                storage.sessions().append(Filled.FIRST, NewMessage.user("another"));
                assertThat(tail.next(Duration.ofSeconds(30)))
                        .contains(new TailEvent.SessionPurged(Filled.FIRST));
            }
        }
    }

    @Test
    void theRecordNamesTheDatabaseWithoutUserAndPassword() throws Exception {
        try (BackedUp source = BackedUp.of(Kind.POSTGRESQL, folder)) {
            PostgresOptions postgres = source.options().postgres();
            Storage.open(source.options()).close();
            BackupRecord made = Backup.write(source.options(), folder);
            String text = Files.readString(Path.of(made.file() + ".json"));
            assertThat(text)
                    .contains(postgres.address(), postgres.database(), made.sha256(), "040-residue")
                    .doesNotContain("password", "\"user\"", "@" + postgres.host());
            assertThat(made.location()).isEqualTo(postgres.address() + "/" + postgres.database());
        }
    }

    /** Only a host has put them there, and only a SQLite file can have them back. */
    @Test
    void tablesOfTheHostComeBackIntoSqliteAndAreNamedElsewhere() throws Exception {
        Path file = folder.resolve("host.db");
        Storage.open(StorageOptions.sqlite(file)).close();
        SqliteCells.run(file, "create table hosts (v)", "insert into hosts values (x'00ff')");
        BackupRecord made = Backup.write(StorageOptions.sqlite(file), folder.resolve("backups"));
        assertThat(made.otherTables()).containsExactly("hosts");
        Path back = folder.resolve("back.db");
        assertThat(Backup.restore(made.file(), StorageOptions.sqlite(back)).leftOut()).isEmpty();
        assertThat(SqliteCells.of(back, "hosts", "1")).containsExactly("blob:00FF");
        try (BackedUp target = BackedUp.of(Kind.POSTGRESQL, folder)) {
            assertThat(Backup.restore(made.file(), target.options()).leftOut())
                    .containsExactly("hosts");
        }
    }

    @Test
    void onlyTheOwnerReadsABackupAndNothingIsBesideIt() throws Exception {
        Path file = folder.resolve("private.db");
        Storage.open(StorageOptions.sqlite(file)).close();
        Path backups = folder.resolve("backups");
        BackupRecord made = Backup.write(StorageOptions.sqlite(file), backups);
        assertThat(Files.getPosixFilePermissions(made.file()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(BackedUp.names(backups))
                .containsExactly(
                        ".twinstore-backups.lock",
                        made.file().getFileName().toString(),
                        made.file().getFileName() + ".json");
    }
}

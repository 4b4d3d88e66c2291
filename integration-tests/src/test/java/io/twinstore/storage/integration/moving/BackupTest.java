package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Storage;
import io.twinstore.storage.integration.moving.BackedUp.Kind;
import io.twinstore.storage.migrate.Backup;
import io.twinstore.storage.migrate.BackupRecord;
import io.twinstore.storage.migrate.RestoreReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}

package io.twinstore.storage.sqlite.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.LegacyFiles;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteConfig;

/** A layout is known by its tables and columns, and what just misses is refused untouched. */
class FoundTablesTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void eachLayoutIsKnown(LegacyLayout layout) throws SQLException {
        Path file = folder.resolve("any name");
        LegacyFixture.sound(layout, file);
        try (Connection connection = Sql.connect(file, new SQLiteConfig())) {
            assertThat(FoundTables.in(connection).layout()).contains(layout);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V2 | alter table sessions add column extra TEXT | a column sessions.extra",
                "V2 | alter table configs drop column tags | no column configs.tags",
                "V2 | create table notes (a) | a table notes",
                "V3 | drop table users | no table users",
                "V1 | alter table sessions rename column bundle to pack | no column sessions.bundle",
                "V1 | alter table sessions add column g as (status) | a column sessions.g",
            })
    void whatJustMissesIsRefused(LegacyLayout layout, String change, String told)
            throws SQLException, IOException {
        Path file = folder.resolve("given.db");
        LegacyFixture.sound(layout, file);
        try (LegacyFixture fixture = LegacyFixture.open(file)) {
            fixture.sql(change);
        }
        byte[] before = Files.readAllBytes(file);
        for (Runnable opening : openings(file)) {
            assertThatThrownBy(opening::run)
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("another application")
                    .hasMessageContaining("sessions")
                    .hasMessageContaining(told);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static Runnable[] openings(Path file) {
        StorageOptions options = StorageOptions.sqlite(file);
        StorageOptions upgrading = options.toBuilder().legacyFiles(LegacyFiles.UPGRADE).build();
        return new Runnable[] {
            () -> Storage.open(options).close(),
            () -> Storage.open(upgrading).close(),
            () -> Storage.upgrade(options)
        };
    }

    @Test
    void textInAnotherEncodingIsRefused() throws SQLException {
        Path file = folder.resolve("given.db");
        try (Connection connection = Sql.connect(file, new SQLiteConfig())) {
            Sql.run(connection, "pragma encoding = 'UTF-16le'");
            Sql.run(connection, "create table sessions (session_id text)");
        }
        assertThatThrownBy(() -> Storage.upgrade(StorageOptions.sqlite(file)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("UTF-16le");
    }

    /** Settings alone may be missing: the first programs made that table later. */
    @Test
    void aFileWithoutSettingsIsKnown() throws SQLException {
        Path file = folder.resolve("given.db");
        LegacyFixture.sound(LegacyLayout.V1, file);
        try (LegacyFixture fixture = LegacyFixture.open(file)) {
            fixture.sql("drop table configuration");
        }
        assertThat(Storage.upgrade(StorageOptions.sqlite(file)).orElseThrow().settings()).isZero();
        assertThat(Storage.upgrade(StorageOptions.sqlite(file))).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsNotMade() {
        Path file = folder.resolve("missing.db");
        assertThatThrownBy(() -> Storage.upgrade(StorageOptions.sqlite(file)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("not there");
        assertThat(file).doesNotExist();
    }
}

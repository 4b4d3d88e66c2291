package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.testkit.TestDatabase;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be moved, and targets that cannot take them: said plainly, nothing changed. */
class WrongSourceTest {

    @TempDir private Path folder;
    @TempDir private Path work;

    private final TestDatabase database = TestPostgres.get().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    private MigrationPlan plan(Path file) {
        return Migration.plan(
                MigrationSource.of(file).workingIn(work),
                MigrationTarget.of(database.options().postgres()));
    }

    private Path filled() throws Exception {
        Path file = folder.resolve("filled.db");
        SqliteCells.run(
                file,
                "create table t (id integer primary key, v text)",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)"
                        + " insert into t select i, 'row ' || i from n");
        return file;
    }

    private void requireRefused(Path file, ErrorCode code, String part) throws Exception {
        byte[] before = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        List<Path> around = listed();
        assertThatThrownBy(() -> plan(file))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining(part)
                .hasMessageContaining(file.toString())
                .satisfies(e -> assertThat(((StorageException) e).code()).isEqualTo(code));
        assertThat(Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0])
                .isEqualTo(before);
        assertThat(listed()).isEqualTo(around);
    }

    private List<Path> listed() throws Exception {
        try (var files = Files.list(folder);
                var copies = Files.list(work)) {
            assertThat(copies).isEmpty();
            return files.sorted().toList();
        }
    }

    @Test
    void whatIsNoSqliteFileIsRefused() throws Exception {
        requireRefused(folder.resolve("none.db"), ErrorCode.NOT_FOUND, "is not there");
        requireRefused(folder, ErrorCode.NOT_FOUND, "is a folder");
        Path empty = Files.createFile(folder.resolve("empty.db"));
        requireRefused(empty, ErrorCode.SCHEMA, "is empty");
        Path text = Files.writeString(folder.resolve("text.db"), "id,name\n1,a\n");
        requireRefused(text, ErrorCode.SCHEMA, "not a SQLite database, or it is encrypted");
    }

    @Test
    void whatIsDamagedIsRefused() throws Exception {
        Path file = filled();
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(cut.length() - 4096);
        }
        requireRefused(file, ErrorCode.SCHEMA, "is truncated: it should have");
        Files.delete(file);
        filled();
        try (RandomAccessFile page = new RandomAccessFile(file.toFile(), "rw")) {
            page.seek(4096);
            page.write(new byte[4096]);
        }
        requireRefused(file, ErrorCode.SCHEMA, "is damaged or encrypted");
    }

    @Test
    void whatKeepsItsTextOtherwiseIsRefused() throws Exception {
        Path file = folder.resolve("wide.db");
        SqliteCells.run(file, "pragma encoding = 'UTF-16le'", "create table t (a)");
        requireRefused(file, ErrorCode.SCHEMA, "UTF-16le");
    }

    @Test
    void aLogThatIsNotCheckpointedIsReadAndNothingIsLeftBeside() throws Exception {
        Path file = folder.resolve("log.db");
        Path copy = folder.resolve("copy.db");
        try (Connection writer = SqliteCells.connect(file);
                Statement statement = writer.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("create table t (id integer primary key)");
            statement.execute("insert into t values (1), (2), (3)");
            Files.copy(file, copy);
            Files.copy(Path.of(file + "-wal"), Path.of(copy + "-wal"));
        }
        List<Path> around = listed();
        MigrationPlan plan = plan(copy);
        assertThat(plan.rows()).isEqualTo(3);
        assertThat(listed()).isEqualTo(around);
        // What SQLite itself makes of the log is the same content.
        SqliteCells.run(copy, "pragma wal_checkpoint(truncate)");
        assertThat(Migration.migrate(plan, MigrationListener.SILENT).loaded()).isEqualTo(3);
    }

    @Test
    void aTargetThatIsNotThereOrWithoutRightsIsSaid() throws Exception {
        Path file = filled();
        PostgresOptions nowhere =
                PostgresOptions.builder().host("127.0.0.1").port(1).database("d").user("u").build();
        assertThatThrownBy(
                        () ->
                                Migration.plan(
                                        MigrationSource.of(file).workingIn(work),
                                        MigrationTarget.of(nowhere)))
                .isInstanceOf(StorageUnavailableException.class);
        assertThat(listed()).hasSize(1);
    }

    @Test
    void schemasOfOthersAreNoSchemaForTables() {
        MigrationTarget target = MigrationTarget.of(database.options().postgres());
        for (String schema : List.of("public", "twinstore", "twinstore_moves", "pg_catalog", "")) {
            assertThatThrownBy(() -> target.into(schema))
                    .as(schema)
                    .isInstanceOf(InvalidValueException.class);
        }
        assertThat(target.into("legacy").tablesSchema()).isEqualTo("legacy");
    }
}

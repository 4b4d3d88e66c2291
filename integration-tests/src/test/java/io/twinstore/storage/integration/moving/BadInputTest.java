package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageOptions;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be moved is refused with a word that helps, and is as it was. */
class BadInputTest {

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

    private List<String> state() throws Exception {
        List<String> state = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                state.add(file.getFileName() + " " + Json.from(hash(file)).text());
            }
        }
        try (var left = Files.list(work)) {
            assertThat(left).isEmpty();
        }
        return state;
    }

    private static String hash(Path file) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(
                        java.security.MessageDigest.getInstance("SHA-256")
                                .digest(Files.readAllBytes(file)));
    }

    private void execute(String... statements) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void whatIsCutAnywhereIsRefused() throws Exception {
        Path whole = filled();
        long size = Files.size(whole);
        Path cut = folder.resolve("cut.db");
        for (long length : List.of(1L, 15L, 16L, 50L, 99L, 100L, 511L, 4096L, 5000L, size - 1)) {
            Files.deleteIfExists(cut);
            Files.copy(whole, cut);
            try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
                file.setLength(length);
            }
            requireRefused(cut, "at " + length);
        }
    }

    private void requireRefused(Path file, String what) throws Exception {
        List<String> before = state();
        assertThatThrownBy(() -> plan(file))
                .as(what)
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining(file.toString())
                .satisfies(
                        e -> assertThat(((StorageException) e).code()).isEqualTo(ErrorCode.SCHEMA));
        assertThat(state()).as(what).isEqualTo(before);
    }

    /** As the encryptions of SQLite do that leave the header readable. */
    @Test
    void whatIsEncryptedBehindItsHeaderIsRefused() throws Exception {
        Path file = filled();
        byte[] noise = new byte[(int) Files.size(file) - 100];
        new Random(7).nextBytes(noise);
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.seek(100);
            content.write(noise);
        }
        requireRefused(file, "encrypted");
    }

    /** A writer that has put a part into the file: its journal tells what was there before. */
    @Test
    void inTheMiddleOfAWriteWhatWasCommittedIsTaken() throws Exception {
        Path file = filled();
        try (Connection writer = SqliteCells.connect(file);
                Statement statement = writer.createStatement()) {
            statement.execute("pragma cache_size = 1");
            statement.execute("pragma cache_spill = 1");
            statement.execute("begin");
            statement.execute("update t set v = v || '" + "x".repeat(500) + "'");
            assertThat(Path.of(file + "-journal")).exists();
            List<String> before = state();
            MigrationPlan plan = plan(file);
            assertThat(plan.tables().get(0).rows()).isEqualTo(2000);
            assertThat(state()).isEqualTo(before);
            statement.execute("rollback");
        }
    }

    @Test
    void aFolderThatCannotTakeTheSnapshotIsNamed() throws Exception {
        Path file = filled();
        List<String> before = state();
        assertThatThrownBy(
                        () ->
                                Migration.plan(
                                        MigrationSource.of(file).workingIn(file.resolve("below")),
                                        MigrationTarget.of(database.options().postgres())))
                .isInstanceOf(MigrationException.class)
                .satisfies(
                        e ->
                                assertThat(((StorageException) e).code())
                                        .isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aTargetOfANewerVersionIsRefused() throws Exception {
        Path file = folder.resolve("own.db");
        Storage.open(StorageOptions.sqlite(file)).close();
        MigrationPlan plan = plan(file);
        database.open(database.options()).close();
        execute(
                "insert into twinstore.twinstore_changelog select '999-future', author, filename,"
                        + " dateexecuted, orderexecuted + 1000, exectype, md5sum, description,"
                        + " comments, tag, liquibase, contexts, labels, deployment_id"
                        + " from twinstore.twinstore_changelog limit 1");
        List<String> before = state();
        assertThatThrownBy(() -> Migration.migrate(plan, MigrationListener.SILENT))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("999-future");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aRoleWithoutRightsIsToldWhatItNeeds() throws Exception {
        execute("create role mover_without_rights login password 'hidden-word'");
        try {
            MigrationPlan plan =
                    Migration.plan(
                            MigrationSource.of(filled()).workingIn(work),
                            MigrationTarget.of(
                                    database.options().postgres().toBuilder()
                                            .user("mover_without_rights")
                                            .password(io.twinstore.storage.Secret.of("hidden-word"))
                                            .build()));
            List<String> before = state();
            assertThatThrownBy(() -> Migration.migrate(plan, MigrationListener.SILENT))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("CREATE on the database")
                    .satisfies(
                            e ->
                                    assertThat(((StorageException) e).code())
                                            .isEqualTo(ErrorCode.ACCESS_DENIED));
            assertThat(state()).isEqualTo(before);
        } finally {
            execute("drop role mover_without_rights");
        }
    }

    @Test
    void aPlanThatDoesNotFitItsSourceIsRefusedBeforeAnythingIsMade() throws Exception {
        Path file = filled();
        String sound = plan(file).toJson().text();
        assertThat(sound).contains("\"name\":\"v\"", "\"name\":\"t\"", "\"rowid\":true");
        List<String> before = state();
        for (String[] edit :
                new String[][] {
                    {"\"name\":\"v\"", "\"name\":\"w\"", "plan.tables.t.columns"},
                    {"\"name\":\"t\"", "\"name\":\"u\"", "plan.tables"},
                    {"\"rowid\":true", "\"rowid\":false", "plan.tables"},
                }) {
            MigrationPlan plan =
                    MigrationPlan.of(
                            Json.of(sound.replace(edit[0], edit[1])),
                            database.options().postgres());
            assertThatThrownBy(() -> Migration.migrate(plan, MigrationListener.SILENT))
                    .as(edit[1])
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining(edit[2]);
        }
        Path other = folder.resolve("other.db");
        SqliteCells.run(other, "create table t (id integer primary key, v text)");
        MigrationPlan elsewhere =
                MigrationPlan.of(
                        Json.of(sound.replace("filled.db", "other.db")),
                        database.options().postgres());
        assertThatThrownBy(() -> Migration.migrate(elsewhere, MigrationListener.SILENT))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("has changed since it was planned");
        Files.delete(other);
        assertThat(state()).isEqualTo(before);
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "select 1 from pg_namespace where nspname in ('filled', 'twinstore_moves')")) {
            assertThat(found.next()).isFalse();
        }
    }

    @Test
    void theWayBackOverwritesNothingAndLeavesNothing() throws Exception {
        MigrationPlan plan = plan(filled());
        Migration.migrate(plan, MigrationListener.SILENT);
        Path taken = Files.writeString(folder.resolve("taken.db"), "mine");
        List<String> before = state();
        assertThatThrownBy(() -> Migration.reverse(plan, taken))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("taken.db");
        assertThatThrownBy(() -> Migration.reverse(plan, folder.resolve("no/such/folder.db")))
                .isInstanceOf(StorageException.class);
        assertThat(state()).isEqualTo(before);
    }
}

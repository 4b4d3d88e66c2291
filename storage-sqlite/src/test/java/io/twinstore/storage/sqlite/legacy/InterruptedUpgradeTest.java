package io.twinstore.storage.sqlite.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.SchemaException;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Upgraded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteConfig;

/** Stopped anywhere, the old file is whole or the new one is there, and the next try gets on. */
class InterruptedUpgradeTest {

    /** As little as a kill is it caught by anything that would tidy up. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir private Path folder;

    private Path file;
    private Map<String, List<String>> before;
    private long sessions;

    @BeforeEach
    void make() throws SQLException {
        file = folder.resolve("given.db");
        LegacyFixture.damaged(LegacyLayout.V3, file);
        before = LegacyFixture.cells(file);
        sessions = LegacyFixture.count(file, "sessions");
    }

    private Optional<Upgraded> upgrade(Consumer<UpgradeStep> steps)
            throws SQLException, IOException {
        return new LegacyUpgrade(
                        file,
                        Duration.ofSeconds(60),
                        InstantSource.system(),
                        sibling -> Storage.open(StorageOptions.sqlite(sibling)).close(),
                        steps)
                .run();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private void requireUpgraded() throws SQLException, IOException {
        assertThat(upgrade(step -> {})).isEmpty();
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            assertThat(storage.sessions().count(SessionFilter.all())).isEqualTo(sessions);
        }
        List<String> names = names();
        assertThat(names).hasSize(2).contains("given.db");
        Path backup = folder.resolve(names.get(1));
        assertThat(names.get(1)).startsWith("given.db.legacy-v3-");
        assertThat(LegacyFixture.cells(backup)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void killedAfterAnyStepTheNextTryGetsOn(UpgradeStep last) throws SQLException, IOException {
        assertThatThrownBy(
                        () ->
                                upgrade(
                                        step -> {
                                            if (step == last) {
                                                throw new Killed();
                                            }
                                        }))
                .isInstanceOf(Killed.class);
        if (last != UpgradeStep.SWAPPED) {
            assertThat(LegacyFixture.cells(file)).isEqualTo(before);
            assertThat(upgrade(step -> {})).isPresent();
        }
        requireUpgraded();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SWAPPED")
    void aFaultLeavesNothingBehind(UpgradeStep last) throws IOException, SQLException {
        assertThatThrownBy(
                        () ->
                                upgrade(
                                        step -> {
                                            if (step == last) {
                                                throw new IllegalStateException("a fault");
                                            }
                                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(names()).containsExactly("given.db");
        assertThat(LegacyFixture.cells(file)).isEqualTo(before);
    }

    @Test
    void ofSeveralAtOnceOneUpgradesAndTheOthersFindIt() throws Exception {
        assertOneUpgrades();
    }

    @Test
    void andAlsoWhereTheFileHasALog() throws Exception {
        try (LegacyFixture fixture = LegacyFixture.open(file)) {
            fixture.sql("pragma journal_mode = wal");
        }
        assertOneUpgrades();
    }

    private void assertOneUpgrades() throws Exception {
        int callers = 4;
        CyclicBarrier together = new CyclicBarrier(callers);
        Callable<Optional<Upgraded>> call =
                () -> {
                    together.await();
                    return upgrade(step -> {});
                };
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Optional<Upgraded>>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                calls.add(threads.submit(call));
            }
            int done = 0;
            for (Future<Optional<Upgraded>> one : calls) {
                done += one.get().isPresent() ? 1 : 0;
            }
            assertThat(done).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
        requireUpgraded();
    }

    /** What another program has committed to the log and not yet to the file is upgraded, too. */
    @Test
    void whatIsInTheLogAloneComesAlong() throws SQLException, IOException {
        Path copy = folder.resolve("copy");
        Files.createDirectory(copy);
        try (LegacyFixture fixture = LegacyFixture.open(file)) {
            fixture.sql(
                    "pragma journal_mode = wal",
                    "pragma wal_autocheckpoint = 0",
                    "insert into configuration (key, value, updated_at) values ('late', '1', '2026-02-05')");
            // As after a kill: nobody has the file open, and its log is still beside it.
            Files.copy(file, copy.resolve("given.db"));
            Files.copy(folder.resolve("given.db-wal"), copy.resolve("given.db-wal"));
        }
        file = copy.resolve("given.db");
        assertThat(upgrade(step -> {})).isPresent();
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            assertThat(storage.settings().find("late")).isPresent();
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(copy)) {
            files = found.sorted().toList();
        }
        assertThat(files).hasSize(2);
        // The log is gone, so what it alone had must be in the backup itself.
        assertThat(LegacyFixture.cells(files.get(1)).get("configuration"))
                .anyMatch(row -> row.contains("6C617465"));
    }

    /** Where a file system has no second names the backup is a copy. */
    @Test
    void theLockedFileCanBeCopied() throws SQLException, IOException {
        Path copy = folder.resolve("it's a copy.db");
        OldFile old = new OldFile(file);
        try (Connection locked = Sql.connect(file, new SQLiteConfig())) {
            Sql.run(locked, "begin exclusive");
            old.copy(copy);
        } finally {
            old.release();
        }
        assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(file));
    }

    /** A program that is in the middle of a write is waited for, and then told of. */
    @Test
    void aFileInUseIsLeftAlone() throws SQLException, IOException {
        try (Connection other = Sql.connect(file, new SQLiteConfig())) {
            Sql.run(other, "begin immediate");
            assertThatThrownBy(
                            () ->
                                    LegacyUpgrade.run(
                                            file,
                                            Duration.ZERO,
                                            InstantSource.system(),
                                            sibling -> {}))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("BUSY");
        }
        assertThat(names()).containsExactly("given.db");
    }

    /** Where a cell would not come back, nothing is swapped. */
    @Test
    void anUpgradeThatLosesACellIsRefused() throws SQLException, IOException {
        assertThatThrownBy(
                        () ->
                                upgrade(
                                        step -> {
                                            if (step == UpgradeStep.COMMITTED) {
                                                spoil();
                                            }
                                        }))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("not equal")
                .hasMessageContaining("configuration");
        assertThat(LegacyFixture.cells(file)).isEqualTo(before);
        assertThat(names()).containsExactly("given.db");
    }

    private void spoil() {
        Path sibling = new OldFile(file).sibling();
        try (Connection other = Sql.connect(sibling, new SQLiteConfig())) {
            Sql.run(other, "update settings set value = '2' where setting_key = 'active_bundle'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

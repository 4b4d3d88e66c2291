package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.WrongDatabaseException;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.Backup;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.spi.MovedMarker;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host would open by accident, before a move and after it. */
class WrongDatabaseTest {

    private static final SessionId ID = SessionId.of("s");

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    private Path file() {
        return folder.resolve("app.db");
    }

    /** As a team has it that changes DB_TYPE and nothing else. */
    private StorageOptions environment(String type, String... more) {
        PostgresOptions postgres = database.options().postgres();
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_TYPE", type);
        environment.put("SQLITE_DB_PATH", file().toString());
        environment.put("POSTGRES_HOST", postgres.host());
        environment.put("POSTGRES_PORT", String.valueOf(postgres.port()));
        environment.put("POSTGRES_DB", postgres.database());
        environment.put("POSTGRES_USER", postgres.user());
        if (postgres.password().isPresent()) {
            environment.put("POSTGRES_PASSWORD", postgres.password().reveal());
        }
        for (String name : more) {
            environment.put(name, "true");
        }
        return StorageOptions.fromEnvironment(environment);
    }

    private void fill() {
        try (Storage storage = Storage.open(environment("sqlite"))) {
            storage.configs().create(NewConfig.named("c").id(ConfigId.of("c")));
            storage.sessions().create(NewSession.on(ConfigId.of("c")).id(ID));
        }
    }

    private void move() {
        MigrationPlan plan =
                Migration.plan(
                        MigrationSource.of(file()).workingIn(folder.resolve("work")),
                        MigrationTarget.of(environment("postgresql").postgres()));
        Migration.migrate(plan, MigrationListener.SILENT);
    }

    private static boolean hasSession(StorageOptions options) {
        try (Storage storage = Storage.open(options)) {
            return storage.sessions().find(ID).isPresent();
        }
    }

    @Test
    void anEmptyPostgresIsNotTakenForTheFileThatHoldsTheSessions() throws Exception {
        fill();
        byte[] before = Files.readAllBytes(file());
        assertThatThrownBy(() -> Storage.open(environment("postgresql")))
                .isInstanceOf(WrongDatabaseException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("STORAGE_START_EMPTY=true");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        assertThat(hasSession(environment("postgresql", "STORAGE_START_EMPTY"))).isFalse();
    }

    @Test
    void oneWithSessionsIsOpenedWhateverTheFileHolds() {
        fill();
        try (Storage storage =
                Storage.open(environment("postgresql", "TWINSTORE_STORAGE_START_EMPTY"))) {
            storage.configs().create(NewConfig.named("c").id(ConfigId.of("c")));
            storage.sessions().create(NewSession.on(ConfigId.of("c")).id(ID));
        }
        assertThat(hasSession(environment("postgresql"))).isTrue();
    }

    @Test
    void aFileWithoutSessionsIsNoReasonToFail() throws Exception {
        assertThat(hasSession(environment("postgresql"))).isFalse();
        Storage.open(environment("sqlite")).close();
        assertThat(hasSession(environment("postgresql"))).isFalse();
        Files.writeString(file(), "not a database");
        assertThat(hasSession(environment("postgresql"))).isFalse();
    }

    @Test
    void optionsThatNameNoFileFindNoAccident() {
        assertThat(hasSession(database.options())).isFalse();
    }

    @Test
    void aFileThatWasMovedIsOpenedOnlyWhenThatIsMeant() throws Exception {
        fill();
        byte[] before = Files.readAllBytes(file());
        move();
        assertThat(hasSession(environment("postgresql"))).isTrue();
        assertThatThrownBy(() -> Storage.open(environment("sqlite")))
                .isInstanceOf(WrongDatabaseException.class)
                .hasMessageContaining(database.options().postgres().address())
                .hasMessageContaining("STORAGE_ALLOW_STALE=true")
                .hasMessageContaining(MovedMarker.beside(file()).toString());
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        assertThat(hasSession(environment("sqlite", "STORAGE_ALLOW_STALE"))).isTrue();
        Files.delete(MovedMarker.beside(file()));
        assertThat(hasSession(environment("sqlite"))).isTrue();
    }

    @Test
    void aMovedFileThatIsGoneIsNotMadeAnew() throws Exception {
        fill();
        move();
        Files.delete(file());
        assertThatThrownBy(() -> Storage.open(environment("sqlite")))
                .isInstanceOf(WrongDatabaseException.class);
        assertThat(file()).doesNotExist();
    }

    @Test
    void aBackupIsNotRestoredOverAFileThatWasMoved() throws Exception {
        fill();
        Path backup = folder.resolve("backup.db");
        Files.copy(file(), backup);
        move();
        byte[] before = Files.readAllBytes(file());
        Set<Backup.Choice> choices = Set.of(Backup.Choice.REPLACE, Backup.Choice.UNRECORDED);
        assertThatThrownBy(
                        () ->
                                Backup.restore(
                                        backup,
                                        environment("sqlite"),
                                        choices,
                                        MigrationListener.SILENT))
                .isInstanceOf(WrongDatabaseException.class);
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        try (var names = Files.list(folder)) {
            assertThat(names.map(Path::toString))
                    .noneMatch(name -> name.contains(".before-restore"));
        }
    }

    @Test
    void theMarkerSaysNoSecretAndADamagedOneStillCounts() throws Exception {
        fill();
        move();
        Path marker = MovedMarker.beside(file());
        assertThat(Files.readString(marker))
                .contains("PostgreSQL at ")
                .doesNotContain("user")
                .doesNotContain("assword");
        Files.writeString(marker, "{");
        assertThatThrownBy(() -> Storage.open(environment("sqlite")))
                .isInstanceOf(WrongDatabaseException.class)
                .hasMessageContaining("another database");
    }

    @Test
    void aMarkerThatCannotBeWrittenIsToldAndStopsNothing() throws Exception {
        fill();
        Files.createDirectory(Path.of(MovedMarker.beside(file()) + ".part"));
        List<String> steps = new ArrayList<>();
        MigrationPlan plan =
                Migration.plan(
                        MigrationSource.of(file()).workingIn(folder.resolve("work")),
                        MigrationTarget.of(environment("postgresql").postgres()));
        Migration.migrate(
                plan,
                new MigrationListener() {
                    @Override
                    public void step(String what) {
                        steps.add(what);
                    }
                });
        assertThat(steps).anyMatch(step -> step.contains("not marked as moved"));
        assertThat(Migration.verify(plan).equal()).isTrue();
    }
}

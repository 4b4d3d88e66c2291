package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of the earlier session programs go to Twinstore's tables at once, and come back. */
class UpgradedMovesTest {

    @TempDir private Path folder;
    @TempDir private Path making;

    private final TestDatabase database = TestPostgres.get().newDatabase();
    private Path file;
    private Path made;

    @BeforeEach
    void name() {
        file = folder.resolve("given.db");
        made = making.resolve("made.db");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private MigrationPlan plan(Path... files) {
        return plan(MigrationTarget.of(database.options().postgres()), files);
    }

    private MigrationPlan plan(MigrationTarget target, Path... files) {
        MigrationPlan plan =
                Migration.plan(MigrationSource.of(List.of(files)).workingIn(making), target);
        return MigrationPlan.of(plan.toJson(), database.options().postgres());
    }

    private static void moved(MigrationPlan plan) {
        MigrationReport report = Migration.migrate(plan, MigrationListener.SILENT);
        assertThat(report.loaded() + report.quarantined()).isEqualTo(plan.rows());
        VerifyReport verified = Migration.verify(plan);
        assertThat(verified.equal()).as(verified.toJson().text()).isTrue();
    }

    private static List<String> sorted(Path file, String table) throws Exception {
        return SqliteCells.of(file, table, "1").stream().sorted().toList();
    }

    @ParameterizedTest
    @EnumSource(names = "SESSIONS_.*", mode = EnumSource.Mode.MATCH_ALL)
    void everyTrapIsAccountedForAndComesBackAsTheOldProgramWroteIt(DamagedLayout layout)
            throws Exception {
        SqliteCells.run(made, layout.sql(false));
        DamagedFile.fill(made, file, DamagedLayout.time(), layout.names());
        byte[] bytes = Files.readAllBytes(file);
        MigrationPlan plan = plan(file);
        assertThat(plan.layout()).isEqualTo(MigrationPlan.Layout.TWINSTORE);
        assertThat(String.valueOf(plan.source().upgradedFrom()).replace('-', '_'))
                .isEqualToIgnoringCase(layout.name().substring("SESSIONS_".length()));
        // What an upgrade takes for a missing time must not depend on when it is done.
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-01T00:00:00Z")));
        moved(plan);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        Path back = folder.resolve("back.db");
        Migration.reverse(plan, back);
        for (String table : layout.names()) {
            assertThat(sorted(back, table)).as(table).isEqualTo(sorted(made, table));
        }
        Path upgraded = folder.resolve("upgraded.db");
        Migration.reverseUpgraded(plan, upgraded, MigrationListener.SILENT);
        try (Storage storage = Storage.open(StorageOptions.sqlite(upgraded));
                Storage there = Storage.open(database.options())) {
            assertThat(there.sessions().count(SessionFilter.all())).isPositive();
            assertThat(storage.sessions().count(SessionFilter.all()))
                    .isGreaterThanOrEqualTo(there.sessions().count(SessionFilter.all()));
        }
    }

    private static void sound(Path path, String session) throws Exception {
        SqliteCells.run(path, DamagedLayout.SESSIONS_V2.sql(false));
        filled(path, session);
    }

    private static void filled(Path path, String session) throws Exception {
        SqliteCells.run(
                path,
                "insert into configs values ('c', 'bot', null, 'a: 1', '2026-02-05 12:34:56',"
                        + " '2026-02-05 12:34:56', '[]')",
                "insert into sessions (session_id, config_id, status, created_at, updated_at,"
                        + " message_count, transcript) values ('"
                        + session
                        + "', 'c', 'active', '2026-02-05 12:34:56', '2026-02-05 12:34:56', 1,"
                        + " '[{\"role\": \"user\", \"content\": \"old\"}]')");
    }

    @Test
    void whatIsWrittenAfterTheMoveComesBackInTheOldLayout() throws Exception {
        sound(file, "s");
        MigrationPlan plan = plan(file);
        moved(plan);
        try (Storage storage = Storage.open(database.options())) {
            storage.sessions().append(SessionId.of("s"), NewMessage.user("new"));
        }
        Path back = folder.resolve("back.db");
        Migration.reverse(plan, back);
        assertThat(SqliteCells.column(back, "select transcript from sessions").get(0))
                .startsWith("[{\"role\": \"user\", \"content\": \"old\"}")
                .contains("new");
        assertThat(SqliteCells.column(back, "select name from sqlite_master where type = 'table'"))
                .containsExactlyInAnyOrder("configs", "sessions", "configuration");
    }

    @Test
    void withASchemaOfTheirOwnTheTablesStayAsTheyAre() throws Exception {
        sound(file, "s");
        MigrationPlan plan =
                plan(MigrationTarget.of(database.options().postgres()).into("old"), file);
        assertThat(plan.layout()).isEqualTo(MigrationPlan.Layout.TABLES);
        assertThat(plan.source().upgradedFrom()).isNull();
        moved(plan);
    }

    @Test
    void sessionsOfSeveralFilesMeet() throws Exception {
        Path other = folder.resolve("other.db");
        Path own = folder.resolve("own.db");
        sound(file, "s");
        SqliteCells.run(other, DamagedLayout.SESSIONS_V3.sql(false));
        filled(other, "t");
        SessionId id;
        try (Storage storage = Storage.open(StorageOptions.sqlite(own))) {
            ConfigId config = storage.configs().create(NewConfig.named("bot")).id();
            id = storage.sessions().create(NewSession.on(config)).id();
            storage.sessions().append(id, NewMessage.user("hello"));
        }
        MigrationPlan plan = plan(file, other, own);
        moved(plan);
        try (Storage storage = Storage.open(database.options())) {
            assertThat(storage.sessions().count(SessionFilter.all())).isEqualTo(3);
            for (SessionId each : List.of(SessionId.of("s"), SessionId.of("t"), id)) {
                assertThat(storage.sessions().get(each).lastSequence()).isEqualTo(1);
            }
        }
        Path back = folder.resolve("back.db");
        Migration.reverse(plan, back);
        try (Storage storage = Storage.open(StorageOptions.sqlite(back))) {
            assertThat(storage.sessions().count(SessionFilter.all())).isEqualTo(3);
        }
    }

    @Test
    void sessionsThatDisagreeAreRefusedAndNamed() throws Exception {
        Path other = folder.resolve("other.db");
        sound(file, "s");
        sound(other, "s");
        SqliteCells.run(other, "update sessions set status = 'completed'");
        assertThatThrownBy(() -> plan(file, other))
                .isInstanceOfSatisfying(
                        MigrationException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessageContaining("1 of sessions in " + other);
        Path tables = folder.resolve("tables.db");
        SqliteCells.run(tables, "create table t (id integer primary key)");
        assertThatThrownBy(() -> plan(tables, file))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining(file + " holds sessions, and " + tables);
        assertThat(making).isEmptyDirectory();
    }
}

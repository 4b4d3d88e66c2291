package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.ColumnPlan;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.QuarantinedRow;
import io.twinstore.storage.migrate.TablePlan;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files with every trap in every column that it fits: all is accounted for, and all comes back. */
class DamagedFilesTest {

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

    @ParameterizedTest
    @EnumSource
    void everyTrapOfAnyTablesIsAccountedForAndComesBack(DamagedLayout layout) throws Exception {
        SqliteCells.run(made, layout.sql(true));
        DamagedFile.fill(made, file, DamagedLayout.time(), layout.names(), DamagedLayout.oddRows());
        List<QuarantinedRow> aside = new ArrayList<>();
        Path back = movedThereAndBack(aside);
        assertThat(aside.stream().map(row -> row.table() + " " + row.key()))
                .contains(
                        "odd_refs integer 2",
                        "odd_refs integer 3",
                        "odd_chain integer 3",
                        "odd_chain integer 4",
                        "odd_chain integer 5")
                .doesNotContain("odd_refs integer 4", "odd_refs integer 5", "odd_chain integer 6");
        String schema =
                "select type || name || sql from sqlite_master where sql is not null order by 1";
        assertThat(SqliteCells.column(back, schema)).isEqualTo(SqliteCells.column(made, schema));
        String numbers = "select name || ' ' || seq from sqlite_sequence order by 1";
        assertThat(SqliteCells.column(back, numbers)).isEqualTo(SqliteCells.column(made, numbers));
    }

    @Test
    void everyTrapOfTwinstoresOwnTablesIsAccountedForAndComesBack() throws Exception {
        try (Storage storage = Storage.open(StorageOptions.sqlite(made))) {
            ConfigId config = storage.configs().create(NewConfig.named("bot")).id();
            var session = storage.sessions().create(NewSession.on(config).owner(UserId.of("ada")));
            storage.sessions().append(session.id(), NewMessage.user("hello"));
            storage.applications().create(NewApplication.named("web"));
        }
        DamagedFile.fill(
                made,
                file,
                "2026-11-20T09:30:12.345678Z",
                List.of(
                        "configs",
                        "applications",
                        "users",
                        "sessions",
                        "session_heads",
                        "session_messages",
                        "session_appends",
                        "session_participants",
                        "session_leases",
                        "settings",
                        "application_keys",
                        "residue"));
        List<QuarantinedRow> aside = new ArrayList<>();
        movedThereAndBack(aside);
        assertThat(aside.stream().map(QuarantinedRow::table))
                .contains("sessions", "session_heads", "session_messages");
    }

    private Path movedThereAndBack(List<QuarantinedRow> aside) throws Exception {
        List<String> bytes = bytes();
        MigrationPlan plan =
                MigrationPlan.of(
                        Migration.plan(
                                        MigrationSource.of(file).workingIn(making),
                                        MigrationTarget.of(database.options().postgres()))
                                .toJson(),
                        database.options().postgres());
        MigrationReport report = Migration.migrate(plan, MigrationListener.SILENT);
        for (MigrationReport.TableResult table : report.tables()) {
            assertThat(table.rows()).as(table.table()).isEqualTo(count(table.table()));
            assertThat(table.loaded() + table.quarantined())
                    .as(table.table())
                    .isEqualTo(table.rows());
        }
        VerifyReport verified = Migration.verify(plan);
        assertThat(verified.equal()).as(verified.toJson().text()).isTrue();
        assertThat(Migration.quarantine(plan, aside::add)).isEqualTo(report.quarantined());
        assertThat(aside).allSatisfy(row -> assertThat(row.reason()).isNotBlank());
        assertThat(bytes()).isEqualTo(bytes);
        Path back = making.resolve("back.db");
        Migration.reverse(plan, back);
        for (TablePlan table : plan.tables()) {
            List<String> columns = table.columns().stream().map(ColumnPlan::name).toList();
            assertThat(SqliteCells.of(back, table.name(), "1", columns).stream().sorted())
                    .as(table.name())
                    .containsExactlyElementsOf(
                            SqliteCells.of(source(), table.name(), "1", columns).stream()
                                    .sorted()
                                    .toList());
        }
        return back;
    }

    /** The file that has what the given one has with its log; looking at that would take it in. */
    private Path source() {
        return Files.exists(Path.of(file + "-wal")) ? made : file;
    }

    private long count(String table) throws Exception {
        return Long.parseLong(
                SqliteCells.column(source(), "select count(*) from \"" + table + "\"").get(0));
    }

    private List<String> names() throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> !name.endsWith(".moved.json"))
                    .sorted()
                    .toList();
        }
    }

    private List<String> bytes() throws Exception {
        List<String> bytes = new ArrayList<>();
        for (String name : names()) {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(Files.readAllBytes(folder.resolve(name)));
            bytes.add(name + " " + HexFormat.of().formatHex(digest));
        }
        return bytes;
    }
}

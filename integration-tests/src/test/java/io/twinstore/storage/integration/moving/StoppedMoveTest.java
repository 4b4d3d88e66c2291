package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.StorageException;
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
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A move that is stopped anywhere goes on, and no row is lost or there twice. */
class StoppedMoveTest {

    private static final int ROWS = 2_600;

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();
    private MigrationPlan plan;

    @BeforeEach
    void plan() throws Exception {
        Path file = folder.resolve("many.db");
        SqliteCells.run(
                file,
                "create table parents (id integer primary key autoincrement, v text unique)",
                "create table rows (k text primary key, p integer references parents, v text) without rowid",
                "create table loose (v)",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < "
                        + ROWS
                        + ") insert into parents select i, 'row ' || i || case i % 100 when 0 then char(0)"
                        + " else '' end from n",
                "insert into rows select 'k' || id, case id % 500 when 0 then -id else id end, v from parents",
                "insert into loose select id from parents");
        plan =
                Migration.plan(
                                MigrationSource.of(file).workingIn(folder),
                                MigrationTarget.of(database.options().postgres()).into("many"))
                        .committing(1_100);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private void requireWhole(MigrationReport report) {
        for (MigrationReport.TableResult table : report.tables()) {
            assertThat(table.loaded() + table.quarantined()).as(table.table()).isEqualTo(ROWS);
        }
        assertThat(report.quarantined()).isEqualTo(5);
        VerifyReport verified = Migration.verify(plan);
        assertThat(verified.equal()).as(verified.toJson().text()).isTrue();
    }

    @Test
    void itGoesOnFromEveryPoint() {
        MigrationReport report = null;
        int stops = 0;
        while (report == null) {
            try {
                report = Migration.migrate(plan, new StopsAfter(1 + stops / 2));
            } catch (Stopped e) {
                stops++;
                assertThatThrownBy(() -> Migration.verify(plan))
                        .hasMessageContaining("is not complete");
            }
        }
        assertThat(stops).isGreaterThan(5);
        assertThat(report.resumed()).isTrue();
        requireWhole(report);
    }

    @Test
    void killedItGoesOn() throws Exception {
        Path file = folder.resolve("plan.json");
        Files.writeString(file, plan.toJson().text());
        int killed = 0;
        for (int after : List.of(2, 3, 5, 9)) {
            killed += killedAfter(file, after) ? 1 : 0;
        }
        assertThat(killed).isEqualTo(4);
        requireWhole(Migration.migrate(plan, MigrationListener.SILENT));
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("twinstore-snapshot"));
        }
    }

    private boolean killedAfter(Path file, int events) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Dorg.sqlite.tmpdir=" + folder,
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                "-cp",
                                System.getProperty("java.class.path"),
                                MovingProcess.class.getName(),
                                file.toString(),
                                url())
                        .redirectError(folder.resolve("child.err").toFile())
                        .start();
        BufferedReader says = process.inputReader(StandardCharsets.UTF_8);
        String line = "";
        for (int i = 0; i < events; i++) {
            line = says.readLine();
            if (line == null || line.equals("done")) {
                throw new AssertionError(
                        "it said " + line + ": " + Files.readString(folder.resolve("child.err")));
            }
            if (i < events - 1) {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
            }
        }
        return process.destroyForcibly().waitFor() != 0;
    }

    private String url() {
        PostgresOptions postgres = database.options().postgres();
        return "postgresql://"
                + postgres.user()
                + (postgres.password().isPresent() ? ":" + postgres.password().reveal() : "")
                + "@"
                + postgres.host()
                + ":"
                + postgres.port()
                + "/"
                + postgres.database();
    }

    @Test
    void whileItIsCarriedOutNobodyElseDoesIt() {
        MigrationListener asksAgain =
                new MigrationListener() {
                    @Override
                    public void begins(String table, long rows, long of) {
                        assertThatThrownBy(() -> Migration.migrate(plan, MigrationListener.SILENT))
                                .isInstanceOf(MigrationException.class)
                                .satisfies(
                                        e ->
                                                assertThat(((StorageException) e).code())
                                                        .isEqualTo(ErrorCode.BUSY));
                        throw new Stopped();
                    }
                };
        assertThatThrownBy(() -> Migration.migrate(plan, asksAgain)).isInstanceOf(Stopped.class);
    }

    @Test
    void aPlanThatWasChangedMeanwhileIsRefused() {
        assertThatThrownBy(() -> Migration.migrate(plan, new StopsAfter(2)))
                .isInstanceOf(Stopped.class);
        assertThatThrownBy(() -> Migration.migrate(plan.committing(7), MigrationListener.SILENT))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("The plan was changed after the move had begun");
    }

    /** How a listener stops a move. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Stops at an event. */
    private static final class StopsAfter implements MigrationListener {

        private int left;

        private StopsAfter(int events) {
            left = events;
        }

        private void event() {
            left--;
            if (left == 0) {
                throw new Stopped();
            }
        }

        @Override
        public void sent(String table, long rows) {
            event();
        }

        @Override
        public void committed(String table, long rows, long of) {
            event();
        }

        @Override
        public void step(String what) {
            event();
        }
    }
}

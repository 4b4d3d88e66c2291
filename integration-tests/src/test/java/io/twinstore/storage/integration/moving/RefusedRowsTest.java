package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that the target refuses goes in smaller ones, so that just the refused rows stay. */
class RefusedRowsTest {

    private static final int ROWS = 4_000;

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    /** How a listener stops a move. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Commits implements MigrationListener {

        private final List<Long> rows = new ArrayList<>();

        @Override
        public void committed(String table, long done, long of) {
            rows.add(done);
        }
    }

    @Test
    void onlyTheRowsThatAreRefusedGoIntoQuarantine() throws Exception {
        Path file = folder.resolve("many.db");
        SqliteCells.run(
                file,
                "create table t (id integer primary key, v text)",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < "
                        + ROWS
                        + ") insert into t select i, case when i in (1234, 1235, 2000, "
                        + ROWS
                        + ") then 'refused' else 'row ' || i end from n");
        MigrationPlan plan =
                Migration.plan(
                                MigrationSource.of(file).workingIn(folder),
                                MigrationTarget.of(database.options().postgres()).into("slow"))
                        .committing(1_000);
        stopAfterTheFirstCommit(plan);
        // A rule that the plan does not know of.
        execute("alter table slow.t add constraint no_refused check (v <> 'refused') not valid");
        Commits commits = new Commits();
        MigrationReport report = Migration.migrate(plan, commits);
        assertThat(report.loaded()).isEqualTo(ROWS - 4);
        List<String> aside = new ArrayList<>();
        Migration.quarantine(plan, row -> aside.add(row.key() + ": " + row.reason()));
        String reason = ": PostgreSQL refused it (SQLSTATE 23514, no_refused)";
        assertThat(aside)
                .containsExactly(
                        "integer 1234" + reason,
                        "integer 1235" + reason,
                        "integer 2000" + reason,
                        "integer " + ROWS + reason);
        // Around a refused row single ones and tenths; where nothing is refused, whole batches.
        assertThat(commits.rows)
                .contains(1_100L, 1_200L, 1_230L, 1_233L, 1_234L, 1_235L, 1_236L, 2_000L, 3_000L)
                .doesNotContain(1_050L, 1_241L, 1_301L, 2_500L)
                .hasSizeLessThan(100);
        VerifyReport verified = Migration.verify(plan);
        assertThat(verified.equal()).as(verified.toJson().text()).isTrue();
    }

    private static void stopAfterTheFirstCommit(MigrationPlan plan) {
        MigrationListener stops =
                new MigrationListener() {
                    @Override
                    public void committed(String table, long rows, long of) {
                        throw new Stopped();
                    }
                };
        assertThatThrownBy(() -> Migration.migrate(plan, stops)).isInstanceOf(Stopped.class);
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

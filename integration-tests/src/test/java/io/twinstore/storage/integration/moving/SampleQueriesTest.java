package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.migrate.VerifyReport.Sample;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides answer what applications ask alike, and an answer that differs is red. */
class SampleQueriesTest {

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    private MigrationPlan moved(String... statements) throws Exception {
        Path file = folder.resolve("a.db");
        SqliteCells.run(file, statements);
        MigrationPlan plan =
                Migration.plan(
                        MigrationSource.of(file).workingIn(folder),
                        MigrationTarget.of(database.options().postgres()).into("legacy"));
        Migration.migrate(plan, MigrationListener.SILENT);
        return plan;
    }

    private void run(String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Sample> samples(MigrationPlan plan) {
        return Migration.verify(plan).samples();
    }

    private static List<String> unequal(MigrationPlan plan) {
        VerifyReport report = Migration.verify(plan);
        List<String> unequal =
                report.samples().stream().filter(s -> !s.equal()).map(Sample::query).toList();
        if (!unequal.isEmpty()) {
            assertThat(report.equal()).isFalse();
        }
        return unequal;
    }

    private static final String[] PLAIN = {
        "create table t (id integer primary key, name text, at text)",
        "create index by_name on t (name)",
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 400)"
                + " insert into t select i, 'n''\\' || (i % 7), '2026-02-05 12:34:56' from n"
    };

    @Test
    void eachTableIsAskedFourThings() throws Exception {
        List<Sample> samples = samples(moved(PLAIN));
        assertThat(samples).allMatch(Sample::equal);
        assertThat(samples)
                .extracting(Sample::query)
                .containsExactly(
                        "all rows, counted",
                        "5 rows by key",
                        "a range of the key",
                        "rows with one value of name, counted by index");
        assertThat(samples).extracting(Sample::rows).containsExactly(400L, 5L, 100L, 57L);
        assertThat(samples)
                .allSatisfy(
                        sample -> {
                            assertThat(sample.source()).isPositive();
                            assertThat(sample.target()).isPositive();
                        });
    }

    @Test
    void anAnswerThatDiffersIsRed() throws Exception {
        MigrationPlan plan = moved(PLAIN);
        assertThat(unequal(plan)).isEmpty();
        run("update legacy.t set name = 'other' where id = 1");
        assertThat(unequal(plan)).containsExactly("5 rows by key");
        run("update legacy.t set name = 'n''\\1' where id = 1");
        assertThat(unequal(plan)).isEmpty();
        run("update legacy.t set at = at + interval '1 second' where id = 230");
        assertThat(unequal(plan)).containsExactly("a range of the key");
        run("update legacy.t set at = at - interval '1 second' where id = 230");
        run("insert into legacy.t (id, name) values (1000, 'new')");
        assertThat(unequal(plan)).containsExactly("all rows, counted");
        run("delete from legacy.t where id = 1000");
        run("update legacy.t set name = 'gone' where name = 'n''\\' || (200 % 7) and id = 11");
        assertThat(unequal(plan)).containsExactly("rows with one value of name, counted by index");
    }

    @Test
    void everyKindOfKeyAndIndexIsFound() throws Exception {
        MigrationPlan plan =
                moved(
                        "create table pair (a text, b integer, flag boolean, primary key (a, b))",
                        "create index by_flag on pair (flag)",
                        "insert into pair values ('x''y\\', -5, 1), ('\u00e9\ud83d\ude00', 7, 0), ('z', 1, 1)",
                        "create table blobs (k blob primary key, at text) without rowid",
                        "create index by_at on blobs (at)",
                        "insert into blobs values (x'00ff', '2026-02-05 12:34:56.000001'),"
                                + " (x'', '2026-02-05 12:34:56.000002')",
                        "create table mixed (k primary key, v) without rowid",
                        "insert into mixed values (1, 'a'), ('1', 'b'), (x'31', 'c'), (1.5, 'd')",
                        "create table nulls (k text primary key, v real)",
                        "insert into nulls values ('a', 1.5), (null, 2.5), (null, -0.0)",
                        "create table plain (v text collate nocase, w text)",
                        "create index by_v on plain (v collate binary)",
                        "insert into plain values ('a', null), ('A', 'nul' || char(0)), ('b', 'x')",
                        "create table far (id integer primary key)",
                        "insert into far values (-9223372036854775808), (0), (9223372036854775806)",
                        "create table empty (id integer primary key)");
        List<Sample> samples = samples(plan);
        assertThat(samples).as(samples.toString()).allMatch(Sample::equal);
        assertThat(samples)
                .filteredOn(sample -> sample.query().contains("counted by index"))
                .extracting(Sample::table)
                .containsExactlyInAnyOrder("pair", "blobs", "plain");
        assertThat(samples)
                .filteredOn(sample -> sample.table().equals("empty"))
                .extracting(Sample::query)
                .containsExactly("all rows, counted");
        assertThat(samples)
                .filteredOn(sample -> sample.table().equals("far"))
                .extracting(Sample::rows)
                .contains(3L);
    }

    @Test
    void rowsInQuarantineAreNotAskedOfTheTarget() throws Exception {
        MigrationPlan plan =
                moved(
                        "create table a (id integer primary key)",
                        "create table b (id integer primary key, a integer references a, kind text)",
                        "create index by_kind on b (kind)",
                        "insert into a values (1)",
                        "insert into b values (1, 1, 'k'), (2, 9, 'k'), (3, 9, 'k'), (4, 1, 'k')");
        List<Sample> samples = samples(plan);
        assertThat(samples).as(samples.toString()).allMatch(Sample::equal);
        assertThat(samples)
                .filteredOn(sample -> sample.table().equals("b"))
                .extracting(Sample::rows)
                .contains(4L, 2L);
    }
}

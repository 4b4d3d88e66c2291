package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.ColumnPlan;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationReport.TableResult;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.TablePlan;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of anybody's, with what other tools lose. */
class MovedTablesTest {

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    private Path file() {
        return folder.resolve("any.db");
    }

    private MigrationPlan plan() {
        MigrationPlan plan =
                Migration.plan(
                        MigrationSource.of(file()).workingIn(folder),
                        MigrationTarget.of(database.options().postgres()).into("legacy"));
        return MigrationPlan.of(plan.toJson(), database.options().postgres());
    }

    private MigrationPlan moved() {
        MigrationPlan plan = plan();
        MigrationReport report = Migration.migrate(plan, MigrationListener.SILENT);
        for (TableResult table : report.tables()) {
            assertThat(table.loaded() + table.quarantined())
                    .as(table.table())
                    .isEqualTo(table.rows());
        }
        requireEqual(plan);
        return plan;
    }

    private static void requireEqual(MigrationPlan plan) {
        VerifyReport verified = Migration.verify(plan);
        assertThat(verified.equal()).as(verified.toJson().text()).isTrue();
    }

    private Path reversed(MigrationPlan plan) {
        Path back = folder.resolve("back.db");
        Migration.reverse(plan, back);
        return back;
    }

    private static ColumnPlan column(MigrationPlan plan, String table, String column) {
        TablePlan found =
                plan.tables().stream()
                        .filter(t -> t.name().equals(table))
                        .findFirst()
                        .orElseThrow();
        return found.columns().stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .orElseThrow();
    }

    private String ask(String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
        }
    }

    @Test
    void everyCellComesBackWithTypeAndBytes() throws Exception {
        SqliteCells.run(
                file(),
                "create table odd (id integer primary key, t text, n integer, r real, b blob, x)",
                "insert into odd values (1, 'plain', 1, 1.5, x'00ff', null)",
                "insert into odd values (2, 'nul' || char(0) || 'inside', 'abc', 9e999, x'', 1)",
                "insert into odd values (3, cast(x'ff' as text), 1.5, -9e999, 'text in a blob', -0.0)",
                "insert into odd values (4, '', 9223372036854775807, 1e-320, null, 'x')",
                "insert into odd values (5, x'6162', -9223372036854775808, 0.1, x'01', 1.0)",
                "insert into odd values (6, '\u00e9\ud83d\ude00', null, null, x'02', x'03')",
                "insert into odd values (7, cast(x'eda080' as text), 0, 'text', x'02', 'y')",
                "insert into odd select id + 7, 'more', 5, 2.5, x'04', null from odd where id < 4",
                "create table costs (id integer primary key, v)",
                "insert into costs values (1, 2), (2, 2.5), (3, 3)");
        MigrationPlan plan = moved();
        assertThat(column(plan, "odd", "t").codec()).isEqualTo("text");
        assertThat(column(plan, "odd", "t").residue()).isEqualTo(4);
        assertThat(column(plan, "odd", "n").codec()).isEqualTo("bigint");
        assertThat(column(plan, "odd", "r").codec()).isEqualTo("double");
        assertThat(column(plan, "odd", "x").codec()).isEqualTo("tagged");
        assertThat(SqliteCells.of(reversed(plan), "odd", "id"))
                .isEqualTo(SqliteCells.of(file(), "odd", "id"));
        assertThat(column(plan, "costs", "v").codec()).isEqualTo("double");
        assertThat(ask("select sum(v) from legacy.costs")).isEqualTo("7.5");
        assertThat(ask("select t from legacy.odd where id = 2")).isEqualTo("nul\ufffdinside");
        assertThat(ask("select r = 'infinity' from legacy.odd where id = 2")).isEqualTo("t");
    }

    @Test
    void aNarrowTypeIsChosenOnlyWhereEveryCellComesBack() throws Exception {
        SqliteCells.run(
                file(),
                "create table times (id integer primary key, good text, bad text, whole text,"
                        + " flag boolean, flags boolean, doc text, docs text)",
                "insert into times values (1, '2026-02-05 12:34:56.123456+00:00', '2024-02-30 00:00:00',"
                        + " '2026-02-05 12:34:56', 1, 1, '{\"a\": 1}', '{\"a\":1}')",
                "insert into times values (2, '2026-02-05 12:34:56+00:00', '2024-02-28 00:00:00',"
                        + " '0001-01-01 00:00:00', 0, 2, '[1, 2]', '{\"a\": 1}')");
        MigrationPlan plan = moved();
        assertThat(column(plan, "times", "good").codec()).isEqualTo("timestamptz:python-offset");
        assertThat(column(plan, "times", "bad").codec()).isEqualTo("text");
        assertThat(column(plan, "times", "whole").codec()).isEqualTo("timestamptz:seconds");
        assertThat(column(plan, "times", "flag").codec()).isEqualTo("boolean");
        assertThat(column(plan, "times", "flags").codec()).isEqualTo("bigint");
        assertThat(column(plan, "times", "doc").codec()).isEqualTo("jsonb");
        assertThat(column(plan, "times", "docs").codec()).isEqualTo("text");
        assertThat(
                        ask(
                                "select good = '2026-02-05T12:34:56.123456Z' from legacy.times where id = 1"))
                .isEqualTo("t");
        assertThat(SqliteCells.of(reversed(plan), "times", "id"))
                .isEqualTo(SqliteCells.of(file(), "times", "id"));
    }

    @Test
    void orphansAndTheirDependantsGoIntoQuarantineWithAllTheirCells() throws Exception {
        SqliteCells.run(
                file(),
                "create table a (id integer primary key)",
                "create table b (k text primary key, a integer references a)",
                "create table c (id integer primary key, b text references b (k) on delete cascade)",
                "insert into a values (1)",
                "insert into b values ('good', 1), ('orphan', 9), ('none', null)",
                "insert into c values (1, 'good'), (2, 'orphan'), (3, 'nowhere'), (4, null)");
        MigrationPlan plan = moved();
        assertThat(ask("select string_agg(id::text, ',' order by id) from legacy.c"))
                .isEqualTo("1,4");
        assertThat(ask("select count(*) from twinstore_moves.quarantine where table_name = 'b'"))
                .isEqualTo("1");
        assertThat(ask("select reason from twinstore_moves.quarantine where table_name = 'b'"))
                .contains("b_a_fk", "no such row in a");
        assertThat(ask("select confdeltype from pg_constraint where conname = 'c_b_fk'"))
                .isEqualTo("c");
        Path back = reversed(plan);
        for (String table : new String[] {"a", "b", "c"}) {
            assertThat(SqliteCells.of(back, table, "1"))
                    .isEqualTo(SqliteCells.of(file(), table, "1"));
        }
    }

    @Test
    void aKeyThatMayBeNullOrMixedIsFoundByItsRow() throws Exception {
        SqliteCells.run(
                file(),
                "create table n (k text primary key, v)",
                "insert into n values ('a', 1), (null, 2), (null, 3)",
                "create table m (k primary key, v) without rowid",
                "insert into m values (1, 'int'), ('1', 'text'), (x'31', 'blob'), (1.5, 'real')",
                "create table i (k text collate nocase primary key, v)",
                "insert into i values ('b', 1), ('A', 2), ('C', 3)");
        MigrationPlan plan = moved();
        assertThat(ask("select count(*) from legacy.n")).isEqualTo("1");
        assertThat(ask("select count(*) from legacy.m")).isEqualTo("4");
        Path back = reversed(plan);
        assertThat(SqliteCells.of(back, "n", "rowid"))
                .isEqualTo(SqliteCells.of(file(), "n", "rowid"));
        assertThat(SqliteCells.of(back, "m", "k")).isEqualTo(SqliteCells.of(file(), "m", "k"));
        assertThat(SqliteCells.of(back, "i", "rowid"))
                .isEqualTo(SqliteCells.of(file(), "i", "rowid"));
    }

    @Test
    void numbersThatWereGivenOutStayGivenOut() throws Exception {
        SqliteCells.run(
                file(),
                "create table s (id integer primary key autoincrement, v text)",
                "insert into s (v) values ('a'), ('b'), ('c')",
                "delete from s where id > 1",
                "create table e (id integer primary key autoincrement)",
                "create table minus (id integer primary key, v)",
                "insert into minus values (-5, 1)");
        MigrationPlan plan = moved();
        assertThat(ask("insert into legacy.s (v) values ('d') returning id")).isEqualTo("4");
        assertThat(ask("insert into legacy.e default values returning id")).isEqualTo("1");
        assertThat(ask("insert into legacy.minus (v) values (1) returning id")).isEqualTo("1");
        Path back = reversed(plan);
        SqliteCells.run(back, "insert into s (v) values ('e')");
        assertThat(SqliteCells.column(back, "select max(id) from s")).containsExactly("5");
    }

    @Test
    void keysIndexesAndDefaultsAreMadeAndTheRestIsNamed() throws Exception {
        String name = "x".repeat(70);
        SqliteCells.run(
                file(),
                "create table p (a text, b integer not null default 7, c text default 'it''s',"
                        + " d text default (lower('X')), \""
                        + name
                        + "\" text, primary key (a, b),"
                        + " unique (c), check (b > 0), check (printf('%d', b) <> '3'))",
                "create index plain on p (b)",
                "create index partly on p (b) where b > 3",
                "create index expressed on p (lower(c))",
                "create index timed on p (date(c))",
                "create view v as select a from p",
                "create trigger t after insert on p begin select 1; end",
                "create table q (id integer primary key, a text, b integer,"
                        + " foreign key (a, b) references p (a, b))",
                "insert into p (a, b) values ('k', 1)",
                "insert into q values (1, 'k', 1), (2, 'k', 2)");
        MigrationPlan plan = moved();
        assertThat(plan.untranslated().stream().map(left -> left.kind() + " " + left.name()))
                .contains(
                        "view v",
                        "trigger t",
                        "check p: printf('%d', b) <> '3'",
                        "default p.d",
                        "index p: timed")
                .doesNotContain("index p: partly", "index p: expressed", "check p: b > 0");
        assertThat(ask("select count(*) from legacy.q")).isEqualTo("1");
        assertThat(
                        ask(
                                "select c || b from (select 1) o, lateral (select column_default c from"
                                        + " information_schema.columns where table_name = 'p' and column_name = 'c') x,"
                                        + " lateral (select column_default b from information_schema.columns where"
                                        + " table_name = 'p' and column_name = 'b') y"))
                .isEqualTo("'it''s'::text7");
        assertThat(
                        ask(
                                "select count(*) from pg_indexes where schemaname = 'legacy' and indexname in"
                                        + " ('plain', 'p_c_unique', 'partly', 'expressed')"))
                .isEqualTo("4");
        assertThat(column(plan, "p", name).target()).hasSize(63).startsWith("x".repeat(54) + "_");
        Path back = reversed(plan);
        assertThat(
                        SqliteCells.column(
                                back,
                                "select sql from sqlite_master where sql is not null order by name"))
                .isEqualTo(
                        SqliteCells.column(
                                file(),
                                "select sql from sqlite_master where sql is not null order by name"));
    }

    @Test
    void whatTheTargetChangedComesBackChangedAndTheRestAsItWas() throws Exception {
        SqliteCells.run(
                file(),
                "create table w (id integer primary key, t text)",
                "insert into w values (1, 'a' || char(0)), (2, 'b' || char(0)), (3, 'c'), (7, 'd')");
        MigrationPlan plan = moved();
        ask("update legacy.w set t = 'changed' where id = 2 returning 1");
        ask("insert into legacy.w (t) values ('added') returning 1");
        ask("delete from legacy.w where id = 3 returning 1");
        VerifyReport report = Migration.verify(plan);
        assertThat(column(plan, "w", "t").codec()).isEqualTo("text");
        assertThat(report.tables().get(0).different()).isEqualTo(3);
        Path back = reversed(plan);
        assertThat(SqliteCells.column(back, "select id || ':' || hex(t) from w order by id"))
                .containsExactly("1:6100", "2:6368616E676564", "7:64", "8:6164646564");
    }

    @Test
    void aFileThatChangedSinceThePlanIsRefused() throws Exception {
        SqliteCells.run(file(), "create table w (id integer primary key)");
        MigrationPlan plan = plan();
        SqliteCells.run(file(), "insert into w values (1)");
        assertThatThrownBy(() -> Migration.migrate(plan, MigrationListener.SILENT))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("has changed since it was planned");
        assertThat(ask("select count(*) from pg_namespace where nspname = 'legacy'"))
                .isEqualTo("0");
    }

    @Test
    void aSchemaWithThoseTablesIsRefused() throws Exception {
        SqliteCells.run(file(), "create table w (id integer primary key)");
        MigrationPlan plan = moved();
        assertThat(Migration.migrate(plan, MigrationListener.SILENT).resumed()).isTrue();
        MigrationPlan other = plan();
        assertThat(Objects.requireNonNull(other.survey()).missing())
                .anyMatch(missing -> missing.what().contains("Schema 'legacy' is not empty: w"));
        assertThatThrownBy(() -> Migration.migrate(other, MigrationListener.SILENT))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("Schema 'legacy' is not empty: w");
    }
}

package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.TablePlan;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks, partial indexes and indexes on expressions, from plan to way back. */
class MovedConditionsTest {

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    private Path file() {
        return folder.resolve("shop.db");
    }

    private void make() throws SQLException {
        SqliteCells.run(
                file(),
                "create table people (id integer primary key, name text not null check (name <> ''),"
                        + " mail text collate nocase unique, age integer constraint grown check (age >= 18),"
                        + " state text default 'new' check (state in ('new', 'paid', 'sent')),"
                        + " gone boolean, code text check (code glob '[A-Z]*'),"
                        + " check (length(name) <= 20), check (printf('%d', age) <> '3'))",
                "create index paid on people (age) where state = 'paid'",
                "create unique index one_open on people (name) where not gone",
                "create index by_lower on people (lower(name), age desc)",
                "create unique index by_code on people (code collate nocase)",
                "create index by_date on people (date(name))",
                "create index by_glob on people (age) where code glob 'A*'",
                "insert into people values (1, 'Ann', 'Ann@example.org', 20, 'new', 0, 'AB'),"
                        + " (2, 'Bob', 'bob@example.org', 30, 'paid', 0, 'CD'),"
                        + " (3, 'Bob', null, null, null, 1, null)",
                "create table words (word text collate nocase primary key) without rowid",
                "insert into words values ('One'), ('two')");
    }

    private MigrationPlan plan() {
        MigrationPlan plan =
                Migration.plan(
                        MigrationSource.of(file()).workingIn(folder),
                        MigrationTarget.of(database.options().postgres()).into("shop"));
        return MigrationPlan.of(plan.toJson(), database.options().postgres());
    }

    private MigrationPlan moved() throws SQLException {
        make();
        MigrationPlan plan = plan();
        Migration.migrate(plan, MigrationListener.SILENT);
        return plan;
    }

    private static TablePlan table(MigrationPlan plan, String name) {
        return plan.tables().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void requireRefused(String sql, String rule) {
        assertThatThrownBy(() -> execute(sql))
                .as(sql)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void thePlanSaysWhatGoesAndWhyTheRestDoesNot() throws Exception {
        make();
        MigrationPlan plan = plan();
        assertThat(table(plan, "people").expressed())
                .extracting(e -> e.kind() + " " + e.name() + ": " + e.target())
                .containsExactlyInAnyOrder(
                        "check people_name_check: (\"name\" <> ''::text)",
                        "check grown: (\"age\" >= 18)",
                        "check people_state_check:"
                                + " (\"state\" in ('new'::text, 'paid'::text, 'sent'::text))",
                        "check people_check: (length(\"name\") <= 20)",
                        "unique index people_mail_unique: ((lower(\"mail\" collate \"C\")))",
                        "index paid: (\"age\") where (\"state\" = 'paid'::text)",
                        "unique index one_open: (\"name\") where (not \"gone\")",
                        "index by_lower: ((lower(\"name\" collate \"C\")), \"age\")",
                        "unique index by_code: ((lower(\"code\" collate \"C\")))");
        assertThat(plan.untranslated())
                .extracting(left -> left.kind() + " " + left.name() + ": " + left.why())
                .containsExactlyInAnyOrder(
                        "check people: code glob '[A-Z]*': it uses GLOB",
                        "check people: printf('%d', age) <> '3': it uses the function printf",
                        "index people: by_date: it uses the function date",
                        "index people: by_glob: it uses GLOB");
    }

    @Test
    void theTargetHoldsItsRowsToThem() throws Exception {
        MigrationPlan plan = moved();
        VerifyReport verified = Migration.verify(plan);
        assertThat(verified.equal()).as(verified.toJson().text()).isTrue();
        assertThat(verified.samples())
                .extracting(VerifyReport.Sample::query)
                .contains("rows that keep the check grown", "rows that the index paid is over");
        String insert = "insert into shop.people (id, name, mail, age, state, gone, code) values ";
        execute(insert + "(10, 'Eve', 'eve@example.org', null, null, null, null)");
        execute(insert + "(11, 'Bob', 'b', 18, 'sent', true, 'zz')");
        requireRefused(insert + "(12, '', 'c', 20, 'new', true, 'x')", "people_name_check");
        requireRefused(insert + "(12, 'Ned', 'c', 17, 'new', true, 'x')", "grown");
        requireRefused(insert + "(12, 'Ned', 'c', 20, 'New', true, 'x')", "people_state_check");
        requireRefused(insert + "(12, repeat('x', 21), 'c', 20, 'new', true, 'x')", "people_check");
        requireRefused(insert + "(12, 'Ned', 'BOB@example.org', 20, 'new', true, 'x')", "mail");
        requireRefused(insert + "(12, 'Ned', 'c', 20, 'new', true, 'ZZ')", "by_code");
        requireRefused(insert + "(12, 'Ann', 'c', 20, 'new', false, 'x')", "one_open");
        requireRefused("insert into shop.words (word) values ('ONE')", "words_word_unique");
    }

    @Test
    void verifyMissesEachThatSomebodyDropsOrWeakens() throws Exception {
        MigrationPlan plan = moved();
        for (String[] change :
                new String[][] {
                    {"alter table shop.people drop constraint grown", "the check grown"},
                    {
                        "alter table shop.people drop constraint people_check;"
                                + " alter table shop.people add constraint people_check"
                                + " check (length(name) <= 20) not valid",
                        "the check people_check is missing or not validated"
                    },
                    {"drop index shop.by_lower", "the index by_lower"},
                    {
                        "drop index shop.paid; create index paid on shop.people (age)",
                        "the index paid"
                    },
                    {
                        "drop index shop.by_code; create index by_code on shop.people"
                                + " (lower(code))",
                        "the index by_code"
                    },
                    {
                        "drop index shop.one_open; create unique index one_open on shop.people"
                                + " (lower(name)) where not gone",
                        "the index one_open"
                    }
                }) {
            assertThat(Migration.verify(plan).faults())
                    .noneMatch(fault -> fault.contains(change[1]));
            execute(change[0]);
            assertThat(Migration.verify(plan).faults())
                    .as(change[0])
                    .anyMatch(fault -> fault.contains(change[1]));
        }
        // What was dropped is made again where the move goes on.
        execute("update twinstore_moves.moves set state = 'copying'");
        execute("drop index shop.paid, shop.by_code, shop.one_open");
        assertThat(Migration.migrate(plan, MigrationListener.SILENT).complete()).isTrue();
        assertThat(Migration.verify(plan).equal()).isTrue();
    }

    @Test
    void theWayBackHasStatementsAndCellsAsTheyWere() throws Exception {
        MigrationPlan plan = moved();
        Path back = folder.resolve("back.db");
        Migration.reverse(plan, back);
        String statements = "select sql from sqlite_master where sql is not null order by name";
        assertThat(SqliteCells.column(back, statements))
                .isEqualTo(SqliteCells.column(file(), statements));
        for (String table : List.of("people", "words")) {
            assertThat(SqliteCells.of(back, table, "1"))
                    .isEqualTo(SqliteCells.of(file(), table, "1"));
        }
    }

    @Test
    void rowsThatBreakTheirOwnCheckGoAndTheCheckDoesNot() throws Exception {
        SqliteCells.run(
                file(),
                "create table t (id integer primary key, n integer check (n > 0 /* or so */ -- yes\n),"
                        + " m integer constraint small check (m < 10))",
                "pragma ignore_check_constraints = on",
                "insert into t values (1, 1, 1), (2, 0, null), (3, -1, 2), (4, null, 3)");
        MigrationPlan plan = plan();
        assertThat(plan.untranslated())
                .extracting(left -> left.kind() + " " + left.name() + ": " + left.why())
                .singleElement()
                .asString()
                .startsWith("check t: n > 0 /* or so */")
                .endsWith(": 2 rows of the source break it");
        MigrationReport report = Migration.migrate(plan, MigrationListener.SILENT);
        assertThat(report.loaded()).isEqualTo(4);
        assertThat(report.quarantined()).isZero();
        assertThat(Migration.verify(plan).equal()).isTrue();
        requireRefused("insert into shop.t values (9, -5, 10)", "small");
        execute("insert into shop.t values (9, -5, 9)");
    }

    @Test
    void rowsInQuarantineAreLeftOutOfTheComparison() throws Exception {
        SqliteCells.run(
                file(),
                "create table a (id integer primary key)",
                "create table b (k text primary key, a integer references a, n integer check (n < 9))",
                "create index few on b (n) where n < 3",
                "insert into a values (1)",
                "insert into b values ('x', 1, 1), ('orphan', 7, 2), ('lost', 8, null), ('y', 1, 5)");
        MigrationPlan plan = plan();
        MigrationReport report = Migration.migrate(plan, MigrationListener.SILENT);
        assertThat(report.quarantined()).isEqualTo(2);
        VerifyReport verified = Migration.verify(plan);
        assertThat(verified.equal()).as(verified.toJson().text()).isTrue();
        execute("update shop.b set n = 3 where k = 'x'");
        assertThat(Migration.verify(plan).samples())
                .filteredOn(sample -> !sample.equal())
                .extracting(VerifyReport.Sample::query)
                .contains("rows that the index few is over");
    }

    @Test
    void aRepairedRowThatBreaksACheckStaysInQuarantine() throws Exception {
        SqliteCells.run(
                file(),
                "create table a (id integer primary key)",
                "create table b (id integer primary key, a integer references a,"
                        + " n integer constraint few check (n < 9))",
                "insert into a values (1)",
                "insert into b values (1, 1, 1), (2, 7, 2)");
        MigrationPlan plan = plan();
        Migration.migrate(plan, MigrationListener.SILENT);
        String row =
                "{\"format\":1,\"move\":\""
                        + plan.id()
                        + "\",\"rows\":[{\"table\":\"b\",\"key\":[{\"type\":\"integer\",\"value\":\"2\"}],"
                        + "\"cells\":{\"a\":{\"type\":\"integer\",\"value\":\"1\"},"
                        + "\"n\":{\"type\":\"integer\",\"value\":\"%s\"}}}]}";
        assertThat(Migration.fix(plan, Json.of(row.formatted("9"))).refused())
                .singleElement()
                .extracting(refused -> refused.reason())
                .asString()
                .contains("few");
        assertThat(Migration.fix(plan, Json.of(row.formatted("8"))).refused()).isEmpty();
        assertThat(Migration.verify(plan).equal()).isTrue();
    }

    @Test
    void anEditedPlanIsTakenOnlyAsFarAsItTranslates() throws Exception {
        make();
        String plan = plan().toJson().text();
        for (String[] edit :
                new String[][] {
                    {"age >= 18", "age >= 18) or (1 = 1", "checks.grown"},
                    {"age >= 18", "age >= 18; drop table shop.people", "checks.grown"},
                    {"age >= 18", "pg_sleep(5) > age", "the function pg_sleep"},
                    {"state = 'paid'", "state = 'paid' and 1 in (select 1)", "paid"},
                    {
                        "\"codec\":\"bigint\",\"notNull\":false",
                        "\"codec\":\"text\",\"notNull\":false",
                        "taken out of the plan"
                    },
                }) {
            assertThat(plan).contains(edit[0]);
            assertThatThrownBy(
                            () ->
                                    MigrationPlan.of(
                                            Json.of(plan.replace(edit[0], edit[1])),
                                            database.options().postgres()))
                    .as(edit[1])
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining(edit[2]);
        }
        MigrationPlan stricter =
                MigrationPlan.of(
                        Json.of(
                                plan.replace(
                                        "\"condition\":\"age >= 18\"",
                                        "\"condition\":\"age > 20\"")),
                        database.options().postgres());
        MigrationReport report = Migration.migrate(stricter, MigrationListener.SILENT);
        assertThat(report.complete()).isTrue();
        assertThat(report.loaded()).isEqualTo(5);
        assertThat(report.steps())
                .extracting(MigrationReport.Step::what)
                .anyMatch(what -> what.startsWith("not made: check grown."));
        assertThat(Migration.verify(stricter).faults())
                .containsExactly("the check grown is missing or not validated");
        execute("insert into shop.people (id, name, age) values (99, 'Kim', 19)");
    }
}

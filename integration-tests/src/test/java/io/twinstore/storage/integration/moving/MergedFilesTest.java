package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.MergedTable;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.spi.MovedMarker;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two files of one application become one, and no row is lost, there twice, or another's. */
class MergedFilesTest {

    @TempDir private Path folder;
    @TempDir private Path working;

    private final TestDatabase database = TestPostgres.get().newDatabase();
    private Path first;
    private Path second;

    @BeforeEach
    void name() {
        first = folder.resolve("database.db");
        second = folder.resolve("history.db");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private MigrationPlan plan(Path... files) {
        MigrationPlan plan =
                Migration.plan(
                        MigrationSource.of(List.of(files)).workingIn(working),
                        MigrationTarget.of(database.options().postgres()));
        return MigrationPlan.of(plan.toJson(), database.options().postgres());
    }

    /** Moves, compares, and writes the result to a file. */
    private Path moved(MigrationPlan plan) {
        Migration.migrate(plan, MigrationListener.SILENT);
        VerifyReport verified = Migration.verify(plan);
        assertThat(verified.equal()).as(verified.toJson().text()).isTrue();
        MigrationReport again = Migration.migrate(plan, MigrationListener.SILENT);
        assertThat(again.loaded() + again.quarantined()).isEqualTo(plan.rows());
        Path back = folder.resolve("back.db");
        Migration.reverse(plan, back);
        return back;
    }

    private static String told(MergedTable table) {
        return table.table()
                + " "
                + table.added()
                + " "
                + table.same()
                + " "
                + table.apart()
                + " "
                + table.apartTable();
    }

    private static List<String> told(MigrationPlan plan) {
        return plan.source().merged().stream().map(MergedFilesTest::told).toList();
    }

    private static List<String> rows(Path file, String table) throws Exception {
        return SqliteCells.of(file, table, "1");
    }

    private static List<String> values(Path file, String columns, String table) throws Exception {
        return SqliteCells.column(
                file,
                "select " + columns.replace("; ", " || '|' ||") + " from " + table + " order by 1");
    }

    @Test
    void rowsOfBothAreThereOnceAndThoseThatClashAreApartWithWhatRefersToThem() throws Exception {
        SqliteCells.run(
                first,
                "create table runs (id integer primary key autoincrement, name text not null,"
                        + " state text default 'new')",
                "create table phases (id integer primary key, run integer references runs,"
                        + " note text)",
                "create index by_run on phases (run)",
                "insert into runs values (1, 'one of the first', 'done'), (2, 'both', 'done')",
                "insert into phases values (1, 1, 'of the first'), (2, 2, 'both')");
        SqliteCells.run(
                second,
                "create table runs (id integer primary key autoincrement, name text,"
                        + " state text default 'new', cost real default 0.5)",
                "create table phases (id integer primary key, run integer references runs,"
                        + " note text)",
                "create table notes (id integer primary key, phase integer references phases (id))",
                "create index by_run on phases (run)",
                "create index by_cost on runs (cost)",
                "create view dear as select * from runs where cost > 1",
                "insert into runs values (1, 'one of the second', 'new', 7.5),"
                        + " (2, 'both', 'done', 2.5), (3, 'three', 'new', null), (4, null, 'new', 1),"
                        + " (9, 'deleted', 'new', 1)",
                "delete from runs where id = 9",
                "insert into phases values (2, 2, 'both'), (3, 3, 'of three'), (5, 1, 'of one'),"
                        + " (6, 4, 'of the nameless'), (7, 77, 'orphan')",
                "insert into notes values (1, 2), (2, 3), (3, 5)");
        MigrationPlan plan = plan(first, second);
        assertThat(told(plan))
                .containsExactlyInAnyOrder(
                        "runs 1 1 2 runs_of_history",
                        "phases 2 1 2 phases_of_history",
                        "notes 2 0 1 notes_of_history");
        Path back = moved(plan);
        assertThat(values(back, "id; name; state; coalesce(cost, '-')", "runs"))
                .containsExactly("1|one of the first|done|0.5", "2|both|done|2.5", "3|three|new|-");
        assertThat(values(back, "id; coalesce(name, '-'); cost", "runs_of_history"))
                .containsExactly("1|one of the second|7.5", "4|-|1.0");
        assertThat(values(back, "id; run", "phases")).containsExactly("1|1", "2|2", "3|3", "7|77");
        assertThat(values(back, "id; run", "phases_of_history")).containsExactly("5|1", "6|4");
        assertThat(values(back, "id; phase", "notes")).containsExactly("1|2", "2|3");
        assertThat(values(back, "id; phase", "notes_of_history")).containsExactly("3|5");
        assertThat(values(back, "seq", "sqlite_sequence")).containsExactly("9");
        assertThat(values(back, "name", "sqlite_master where type in ('index', 'view')"))
                .containsExactly("by_cost", "by_run", "dear");
        for (Path file : List.of(first, second)) {
            assertThat(MovedMarker.beside(file)).exists();
        }
    }

    @Test
    void rowsWithoutAKeyAllGoAndTriggersSeeNothing() throws Exception {
        String table = "create table log (line text, at text default current_timestamp)";
        SqliteCells.run(
                first,
                table,
                "create table seen (n integer)",
                "insert into log values ('a', '1'), ('a', '1')",
                "create trigger counts after insert on log begin insert into seen values (1); end");
        SqliteCells.run(
                second,
                table,
                "create table seen (n integer)",
                "insert into log values ('a', '1'), (null, null), (char(0) || 'x', x'00')",
                "create trigger counts after insert on log begin insert into seen values (1); end");
        MigrationPlan plan = plan(first, second);
        assertThat(told(plan)).containsExactlyInAnyOrder("log 3 0 0 null", "seen 0 0 0 null");
        assertThat(rows(moved(plan), "log")).hasSize(5);
        assertThat(plan.untranslated()).extracting("kind").containsExactly("trigger");
    }

    @Test
    void aCellThatTheOtherTableWouldAlterIsKeptApart() throws Exception {
        SqliteCells.run(
                first,
                "create table t (k text primary key, n integer, r, l text not null default 'd')"
                        + " without rowid",
                "insert into t values ('a', 1, 1.5, 'l')");
        SqliteCells.run(
                second,
                "create table t (k text primary key, n text, r real)",
                "insert into t values ('a', 1, 1.5), ('b', '007', 2.0), ('c', '7x', 0.1),"
                        + " ('d', null, null)");
        MigrationPlan plan = plan(first, second);
        assertThat(told(plan)).containsExactly("t 2 0 2 t_of_history");
        Path back = moved(plan);
        assertThat(values(back, "k; typeof(n); l", "t"))
                .containsExactly("a|integer|l", "c|text|d", "d|null|d");
        assertThat(values(back, "k; typeof(n); n", "t_of_history"))
                .containsExactly("a|text|1", "b|text|007");
    }

    @Test
    void tablesOfOneFileAloneGoAsTheyAre() throws Exception {
        SqliteCells.run(
                first, "create table a (id integer primary key)", "insert into a values (1)");
        SqliteCells.run(
                second,
                "create table b (rowid text, _rowid_ text)",
                "insert into b values ('x', 'y'), ('x', 'y')",
                "create table c (p integer, q text collate nocase, v blob, primary key (p, q))"
                        + " without rowid",
                "insert into c values (1, 'K', x'00'), (1, 'l', -0.0), (2, 'k', 9e999)",
                "create table d (id integer primary key, twice integer as (id * 2) stored)",
                "insert into d (id) values (4), (5)",
                "create unique index c_by_v on c (v)");
        MigrationPlan plan = plan(first, second);
        assertThat(plan.source().merged())
                .extracting(MergedTable::added)
                .containsExactly(2L, 3L, 2L);
        Path back = moved(plan);
        for (String table : List.of("b", "c", "d")) {
            assertThat(rows(back, table)).as(table).isEqualTo(rows(second, table));
        }
    }

    @Test
    void threeFilesFollowOneRule() throws Exception {
        Path third = folder.resolve("third.db");
        int at = 0;
        for (Path file : List.of(first, second, third)) {
            SqliteCells.run(
                    file,
                    "create table \"T\" (id integer primary key, v text unique)",
                    "insert into t values (1, 'same'), (" + (2 + at) + ", 'own')",
                    "insert into t values (10, 'clash " + at++ + "')");
        }
        MigrationPlan plan = plan(first, second, third);
        assertThat(told(plan)).containsExactly("T 0 1 2 T_of_history", "T 0 1 2 T_of_third");
        Path back = moved(plan);
        assertThat(values(back, "id; v", "t")).containsExactly("10|clash 0", "1|same", "2|own");
        assertThat(values(back, "id; v", "t_of_third")).containsExactly("10|clash 2", "4|own");
    }

    @Test
    void whatCannotBeMergedIsRefusedByName() throws Exception {
        SqliteCells.run(first, "create table t (id integer primary key)");
        assertThatThrownBy(() -> plan(first, first))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.field()).isEqualTo("source.files"));
        assertThatThrownBy(() -> plan())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("at least one file");
        assertThatThrownBy(() -> plan(first, second))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining(second.toString());
    }

    @Test
    void rowsThatNothingTellsApartAreRefusedByName() throws Exception {
        SqliteCells.run(first, "create table hidden (rowid text, _rowid_ text, oid text)");
        assertThatThrownBy(() -> plan(first))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("table hidden");
    }

    @Test
    void aFileThatChangedSinceIsNamed() throws Exception {
        for (Path file : List.of(first, second)) {
            SqliteCells.run(file, "create table t (id integer primary key, v text)");
        }
        SqliteCells.run(second, "insert into t values (1, 'planned')");
        MigrationPlan plan = plan(first, second);
        SqliteCells.run(second, "insert into t values (2, 'later')");
        assertThatThrownBy(() -> Migration.migrate(plan, MigrationListener.SILENT))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining(second + " has changed since it was planned");
    }
}

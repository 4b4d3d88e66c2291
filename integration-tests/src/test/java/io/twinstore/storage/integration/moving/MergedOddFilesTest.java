package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.MergedTable;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that disagree about more than rows: every cell of each is there, once, and as it was. */
class MergedOddFilesTest {

    @TempDir private Path folder;
    @TempDir private Path working;

    private final TestDatabase database = TestPostgres.get().newDatabase();
    private Path first;
    private Path second;

    @BeforeEach
    void name() {
        first = folder.resolve("a.db");
        second = folder.resolve("b.db");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private MigrationPlan plan(Path... files) {
        return Migration.plan(
                MigrationSource.of(List.of(files)).workingIn(working),
                MigrationTarget.of(database.options().postgres()));
    }

    private Path moved(MigrationPlan plan) {
        Migration.migrate(plan, MigrationListener.SILENT);
        assertThat(Migration.verify(plan).equal()).isTrue();
        Path back = folder.resolve("back.db");
        Migration.reverse(plan, back);
        return back;
    }

    /** Merges two tables {@code t}, and says what each row is there, with those apart behind. */
    private List<String> merged(String columns) throws Exception {
        MigrationPlan plan = plan(first, second);
        MergedTable table =
                plan.source().merged().stream()
                        .filter(t -> t.table().equals("t"))
                        .findFirst()
                        .orElseThrow();
        Path back = moved(plan);
        List<String> rows = new ArrayList<>(shown(back, columns, "t"));
        if (table.apartTable() != null) {
            rows.add("apart");
            rows.addAll(shown(back, columns, table.apartTable()));
        }
        return rows;
    }

    private static List<String> shown(Path file, String columns, String table) throws Exception {
        List<String> parts = new ArrayList<>();
        for (String column : columns.split(" ", -1)) {
            parts.add("typeof(" + column + ") || ' ' || ifnull(" + column + ", '')");
        }
        return SqliteCells.column(
                file,
                "select " + String.join(" || ', ' || ", parts) + " from " + table + " order by 1");
    }

    @Test
    void aRowOfTheFirstIsTheSameAsOneRowAtMost() throws Exception {
        SqliteCells.run(first, "create table t (k unique)");
        SqliteCells.run(
                second,
                "create table t (k, extra)",
                "insert into t values ('x', 1), ('x', 2), ('y', 3)");
        assertThat(merged("k extra"))
                .containsExactly(
                        "text x, integer 1", "text y, integer 3", "apart", "text x, integer 2");
    }

    @Test
    void aKeyThatWouldBeAlteredTakesNoRowOfTheFirstAlong() throws Exception {
        SqliteCells.run(
                first,
                "create table t (k text primary key, v) without rowid",
                "insert into t values ('07', 'first')");
        SqliteCells.run(
                second,
                "create table t (k integer primary key, v)",
                "insert into t values (7, 'second')");
        assertThat(merged("k v"))
                .containsExactly("text 07, text first", "apart", "integer 7, text second");
    }

    @Test
    void whatATableWouldMakeUpOrConvertIsKeptApart() throws Exception {
        SqliteCells.run(
                first,
                "create table t (id integer primary key, v any)",
                "insert into t values (1, 'first')");
        SqliteCells.run(
                second,
                "create table t (id integer, v any, more any) strict",
                "insert into t values (null, 'none', '007'), (null, 'again', '007'),"
                        + " (5, '007', '007'), (6, 'fits', '007')");
        assertThat(merged("id v more"))
                .containsExactly(
                        "integer 1, text first, null ",
                        "integer 6, text fits, text 007",
                        "apart",
                        "integer 5, text 007, text 007",
                        "null , text again, text 007",
                        "null , text none, text 007");
    }

    @Test
    void zeroAndMinusZeroDiffer() throws Exception {
        for (Path file : List.of(first, second)) {
            SqliteCells.run(file, "create table t (id integer primary key, v)");
            try (Connection connection = SqliteCells.connect(file);
                    PreparedStatement insert =
                            connection.prepareStatement("insert into t values (1, ?), (2, 0.0)")) {
                insert.setDouble(1, file.equals(first) ? 0.0 : -0.0);
                insert.executeUpdate();
            }
        }
        assertThat(plan(first, second).source().merged().get(0))
                .returns(1L, MergedTable::same)
                .returns(1L, MergedTable::apart);
    }

    @Test
    void noRowComesToReferToTheOtherFilesRows() throws Exception {
        String[] tables = {
            "create table p (k text collate nocase primary key, v)",
            "create table t (id integer primary key, p text references p (k))"
        };
        SqliteCells.run(first, tables);
        SqliteCells.run(
                first,
                "insert into p values ('one', 'A'), ('x', 'A')",
                "insert into t values (1, 'one'), (2, 'missing in a'), (3, 'missing in both')");
        SqliteCells.run(second, tables);
        SqliteCells.run(
                second,
                "pragma foreign_keys = off",
                "insert into p values ('X', 'B'), ('missing in a', 'B'), ('new', 'B')",
                // The same cells as in the first, another's there; an orphan here; two whose parent
                // goes apart, by another case and because the first has an orphan; one that stays.
                "insert into t values (10, 'one'), (11, 'x'), (12, 'missing in a'), (13, 'NEW'),"
                        + " (14, null)");
        assertThat(merged("id p"))
                .containsExactly(
                        "integer 1, text one",
                        "integer 13, text NEW",
                        "integer 14, null ",
                        "integer 2, text missing in a",
                        "integer 3, text missing in both",
                        "apart",
                        "integer 10, text one",
                        "integer 11, text x",
                        "integer 12, text missing in a");
    }

    @Test
    void anOrphanFindsNoParentOfATableThatHasNoKey() throws Exception {
        SqliteCells.run(
                first,
                "create table t (k text primary key)",
                "create table c (id integer primary key, k text references t)",
                "insert into c values (1, 'x')");
        SqliteCells.run(second, "create table t (k text)", "insert into t values ('x'), ('y')");
        assertThat(merged("k")).containsExactly("text y", "apart", "text x");
    }

    @Test
    void anEqualRowWhoseParentIsApartIsNotGivenCellsOfTheOther() throws Exception {
        SqliteCells.run(
                first,
                "create table p (id integer primary key, v)",
                "create table t (id integer primary key, p integer references p)",
                "insert into p values (1, 'A')",
                "insert into t values (1, 1)");
        SqliteCells.run(
                second,
                "create table p (id integer primary key, v)",
                "create table t (id integer primary key, p integer references p, note text)",
                "insert into p values (1, 'B')",
                "insert into t values (1, 1, 'of B')");
        assertThat(merged("id p note"))
                .containsExactly(
                        "integer 1, integer 1, null ", "apart", "integer 1, integer 1, text of B");
    }

    @Test
    void rowsWithoutTheKeyOfTheFirstAreGivenNone() throws Exception {
        SqliteCells.run(
                first,
                "create table t (id integer primary key, v)",
                "create table w (k text primary key, v) without rowid",
                "insert into t values (1, 'x')");
        SqliteCells.run(
                second,
                "create table t (v)",
                "create table w (v)",
                "insert into t values ('x'), ('y')",
                "insert into w values (1)");
        MigrationPlan plan = plan(first, second);
        assertThat(plan.source().merged()).extracting(MergedTable::apart).containsExactly(2L, 1L);
        assertThat(shown(moved(plan), "v", "t_of_b")).containsExactly("text x", "text y");
    }

    @Test
    void oneRowThatDoesNotFitKeepsNoOtherOut() throws Exception {
        SqliteCells.run(first, "create table t (id integer primary key)");
        SqliteCells.run(
                second,
                "create table t (id text primary key)",
                "insert into t values ('a'), ('b'), ('c')");
        assertThat(merged("id")).containsExactly("apart", "text a", "text b", "text c");
    }

    @Test
    void threeFilesMayHaveATableWithoutNumbers() throws Exception {
        Path third = folder.resolve("c.db");
        for (Path file : List.of(first, second, third)) {
            SqliteCells.run(
                    file,
                    "create table t (k text primary key) without rowid",
                    "insert into t values ('" + file.getFileName() + "')");
        }
        assertThat(shown(moved(plan(first, second, third)), "k", "t")).hasSize(3);
    }

    @Test
    void numbersThatWereGivenOutAreNotGivenAgain() throws Exception {
        SqliteCells.run(first, "create table a (id integer primary key)");
        SqliteCells.run(
                second,
                "create table t (id integer primary key autoincrement)",
                "insert into t values (9)",
                "delete from t");
        Path back = moved(plan(first, second));
        assertThat(SqliteCells.column(back, "select seq from sqlite_sequence where name = 't'"))
                .containsExactly("9");
    }

    @Test
    void oddTypesAndDefaultsAreTaken() throws Exception {
        SqliteCells.run(first, "create table t (id integer primary key) strict");
        SqliteCells.run(
                second,
                "create table t (id integer primary key, at timestamp, odd \"my, type\", n,"
                        + " long text default '"
                        + "x".repeat(9_000)
                        + "')",
                "insert into t (id, at, odd, n) values (1, '2026', 'o', 1.5)");
        assertThat(merged("id at odd n"))
                .containsExactly("integer 1, integer 2026, text o, real 1.5");
    }

    @Test
    void aLongChainFollowsItsFirst() throws Exception {
        String table = "create table t (id integer primary key, up integer references t, v)";
        SqliteCells.run(first, table, "insert into t values (1, null, 'A')");
        SqliteCells.run(
                second,
                table,
                "insert into t values (1, null, 'B')",
                "with recursive n (i) as (select 2 union all select i + 1 from n where i < 1000)"
                        + " insert into t select i, i - 1, 'B' from n");
        assertThat(plan(first, second).source().merged())
                .extracting(MergedTable::apart)
                .containsExactly(1_000L);
    }

    @Test
    void whatCannotBeOneIsRefusedByName() throws Exception {
        SqliteCells.run(first, "create table x (id)", "create view t as select * from x");
        SqliteCells.run(second, "create table t (id integer primary key)");
        assertThatThrownBy(() -> plan(first, second))
                .isInstanceOfSatisfying(
                        MigrationException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessageContaining("a table t, and a file before it another thing");
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), second);
        assertThatThrownBy(() -> plan(second, link))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(link.toString());
        Path wide = folder.resolve("wide.db");
        SqliteCells.run(wide, "create table t (" + columns("a") + ")");
        Path wider = folder.resolve("wider.db");
        SqliteCells.run(wider, "create table t (" + columns("b") + ")");
        assertThatThrownBy(() -> plan(wide, wider))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining(wider + " cannot be merged");
        assertThat(working).isEmptyDirectory();
    }

    private static String columns(String letter) {
        return IntStream.range(0, 1_200)
                .mapToObj(i -> letter + i)
                .collect(Collectors.joining(", "));
    }
}

package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.FixReport;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.QuarantinedRow;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that could not go are looked at, repaired, and brought over; both sides stay provable. */
class RepairedRowsTest {

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();
    private Path file;
    private MigrationPlan plan;

    @BeforeEach
    void move() throws Exception {
        file = folder.resolve("any.db");
        SqliteCells.run(
                file,
                "create table a (id integer primary key, t text)",
                "create table b (k text primary key, a integer references a, note text, raw)",
                "create table c (id integer primary key, b text references b (k),"
                        + " up integer references c)",
                "create table n (k text primary key, v text)",
                "insert into a values (1, 'one')",
                "insert into b values ('good', 1, 'fine', null)",
                "insert into b values ('orphan', 9, 'nul' || char(0), cast(x'ff00' as text))",
                "insert into b values ('other', 8, null, -0.0)",
                "insert into c values (1, 'good', null), (2, 'orphan', 1), (3, null, 2),"
                        + " (4, 'nowhere', null), (5, 'other', 3)",
                "insert into n values ('x', 'first'), (null, 'second'), (null, 'third')");
        plan =
                Migration.plan(
                        MigrationSource.of(file).workingIn(folder),
                        MigrationTarget.of(database.options().postgres()).into("legacy"));
        Migration.migrate(plan, MigrationListener.SILENT);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private List<QuarantinedRow> quarantine() {
        List<QuarantinedRow> rows = new ArrayList<>();
        assertThat(Migration.quarantine(plan, rows::add)).isEqualTo(rows.size());
        return rows;
    }

    private Json document(String... rows) {
        return Json.of(
                "{\"format\": 1, \"move\": \""
                        + plan.id()
                        + "\", \"rows\": ["
                        + String.join(",", rows)
                        + "]}");
    }

    private static String row(String table, String key, String cells) {
        return "{\"table\": \"%s\", \"key\": [%s], \"cells\": {%s}}".formatted(table, key, cells);
    }

    private static String text(String value) {
        return "{\"type\": \"text\", \"value\": \"" + value + "\"}";
    }

    private static String integer(long value) {
        return "{\"type\": \"integer\", \"value\": \"" + value + "\"}";
    }

    private static String repaired() {
        return row("b", text("orphan"), "\"a\": " + integer(1));
    }

    private void requireEqual() {
        VerifyReport verified = Migration.verify(plan);
        assertThat(verified.equal()).as(verified.toJson().text()).isTrue();
    }

    private String ask(String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void eachRowIsShownWithItsReasonAndWhatItDependsOn() {
        List<QuarantinedRow> rows = quarantine();
        assertThat(rows.stream().map(row -> row.table() + " " + row.key() + ": " + row.reason()))
                .containsExactly(
                        "b text of 5 bytes 'other': foreign key b_a_fk: no such row in a",
                        "b text of 6 bytes 'orphan': foreign key b_a_fk: no such row in a",
                        "c integer 2: foreign key c_b_fk: no such row in b",
                        "c integer 3: foreign key c_up_fk: no such row in c",
                        "c integer 4: foreign key c_b_fk: no such row in b",
                        "c integer 5: foreign key c_b_fk: no such row in b",
                        "n integer 2: primary key: NULL",
                        "n integer 3: primary key: NULL");
        assertThat(rows.get(2).dependsOn())
                .containsExactlyInAnyOrder(
                        new QuarantinedRow.Dependence("b", List.of("b"), true),
                        new QuarantinedRow.Dependence("c", List.of("up"), false));
        assertThat(rows.get(4).dependsOn())
                .containsExactly(new QuarantinedRow.Dependence("b", List.of("b"), false));
        assertThat(rows.get(1).outlines())
                .containsEntry("note", "text of 4 bytes")
                .containsEntry("a", "integer");
        assertThat(rows.get(1).toOutline().text()).doesNotContain("nul", "ff00");
        assertThat(rows.get(1).toJson().text())
                .contains("\"hex\":\"ff00\"", "\"value\":\"nul\\u0000\"");
        assertThat(rows.get(0).toJson().text()).contains("\"value\":\"-0.0\"");
    }

    @Test
    void aRepairedRowGoesWithThoseThatWaitedForIt() throws Exception {
        FixReport report = Migration.fix(plan, document(repaired()));
        assertThat(report).isEqualTo(new FixReport(1, 2, 0, 5, List.of()));
        assertThat(ask("select string_agg(id::text, ',' order by id) from legacy.c"))
                .isEqualTo("1,2,3");
        assertThat(ask("select a from legacy.b where k = 'orphan'")).isEqualTo("1");
        requireEqual();
        assertThat(Migration.fix(plan, document(repaired())))
                .isEqualTo(new FixReport(0, 0, 1, 5, List.of()));
        Path back = folder.resolve("back.db");
        Migration.reverse(plan, back);
        List<String> expected = new ArrayList<>(SqliteCells.of(file, "b", "rowid"));
        assertThat(expected.get(1)).contains("integer:39");
        expected.set(1, expected.get(1).replace("integer:39", "integer:31"));
        assertThat(SqliteCells.of(back, "b", "rowid")).isEqualTo(expected);
        assertThat(SqliteCells.of(back, "c", "1")).isEqualTo(SqliteCells.of(file, "c", "1"));
    }

    @Test
    void oneThatCannotGoKeepsTheWholeFileBack() throws Exception {
        String stays = row("b", text("other"), "\"a\": " + integer(7));
        FixReport report = Migration.fix(plan, document(repaired(), stays));
        assertThat(report.applied()).isFalse();
        assertThat(report.refused())
                .containsExactly(
                        new FixReport.Refused(
                                "b",
                                "text of 5 bytes 'other'",
                                "foreign key b_a_fk: no such row in a"));
        assertThat(report.remaining()).isEqualTo(8);
        assertThat(ask("select count(*) from legacy.b")).isEqualTo("1");
        requireEqual();
    }

    @Test
    void rowsOfOneFileMayComeInAnyOrderAndAllOfThemGo() {
        String rows =
                quarantine().stream()
                        .filter(row -> !row.key().equals("integer 4"))
                        .map(row -> row.toJson().text())
                        .sorted(java.util.Comparator.reverseOrder())
                        .collect(Collectors.joining(","))
                        .replace("{\"type\":\"integer\",\"value\":\"9\"}", integer(1))
                        .replace("{\"type\":\"integer\",\"value\":\"8\"}", "{\"type\":\"null\"}");
        rows = rows.replaceFirst("\"k\":\\{\"type\":\"null\"}", "\"k\":" + text("y"));
        rows = rows.replaceFirst("\"k\":\\{\"type\":\"null\"}", "\"k\":" + text("z"));
        FixReport report = Migration.fix(plan, document(rows));
        assertThat(report).isEqualTo(new FixReport(7, 0, 0, 1, List.of()));
        requireEqual();
    }

    @Test
    void whatCannotBeRepairedIsNamed() {
        assertThat(refusal(row("b", text("orphan"), "\"k\": " + text("new"))))
                .contains("column k is of the key");
        assertThat(refusal(row("b", text("good"), ""))).contains("is not in quarantine");
        assertThat(refusal(row("n", integer(2), "\"k\": " + text("x"))))
                .contains("SQLSTATE 23505", "n_pkey");
        assertThat(refusal(row("n", integer(2), ""))).contains("SQLSTATE 23502");
    }

    private String refusal(String row) {
        FixReport report = Migration.fix(plan, document(row));
        assertThat(report.refused()).hasSize(1);
        return report.refused().get(0).reason();
    }

    @Test
    void whatIsNoFileOfRowsIsRefused() {
        for (String wrong :
                List.of(
                        row("gone", integer(1), ""),
                        row("b", text("orphan"), "\"gone\": " + integer(1)),
                        row("b", "{\"type\": \"int\", \"value\": \"1\"}", ""),
                        row("b", text("\\ud800"), ""),
                        row("b", "{\"type\": \"blob\", \"hex\": \"0\"}", ""),
                        row("b", "{\"type\": \"real\", \"value\": \"NaN\"}", ""),
                        row("b", "{\"type\": \"integer\", \"value\": \"1.5\"}", ""),
                        row("b", "{\"type\": \"null\", \"value\": \"1\"}", ""),
                        row("b", "{\"type\": \"text\"}", ""),
                        repaired() + "," + repaired())) {
            assertThatThrownBy(() -> Migration.fix(plan, document(wrong)))
                    .as(wrong)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("rows");
        }
        String text = document(repaired()).text();
        assertThatThrownBy(() -> Migration.fix(plan, Json.of(text.replace(plan.id(), "other"))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("rows.move");
        assertThatThrownBy(() -> Migration.fix(plan, Json.of("[]")))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aRowThatSomebodyPutInTheTargetStandsForTheOneInQuarantine() throws Exception {
        execute("insert into legacy.b (k, a, note) values ('orphan', 1, 'by hand')");
        execute("insert into legacy.n (k, v) values ('by hand', 'new')");
        VerifyReport report = Migration.verify(plan);
        assertThat(report.equal()).isFalse();
        assertThat(report.tables().stream().flatMap(t -> t.differences().stream()))
                .anyMatch(what -> what.contains("is in quarantine, and in the target, too"));
        Path back = folder.resolve("back.db");
        Migration.reverse(plan, back);
        assertThat(SqliteCells.column(back, "select note from b where k = 'orphan'"))
                .containsExactly("by hand");
        assertThat(SqliteCells.column(back, "select rowid || v from n order by rowid"))
                .containsExactly("1first", "2second", "3third", "4new");
    }

    @Test
    void aMoveCanBeForgotten() throws Exception {
        Migration.fix(plan, document(repaired()));
        assertThat(Migration.forget(plan)).isPositive();
        for (String table :
                List.of("moves", "ranges", "residue", "quarantine", "repairs", "replayed")) {
            assertThat(ask("select count(*) from twinstore_moves." + table)).isEqualTo("0");
        }
        assertThat(ask("select count(*) from legacy.b")).isEqualTo("2");
        assertThatThrownBy(() -> Migration.verify(plan))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("not begun");
        assertThatThrownBy(() -> Migration.forget(plan)).isInstanceOf(MigrationException.class);
    }
}

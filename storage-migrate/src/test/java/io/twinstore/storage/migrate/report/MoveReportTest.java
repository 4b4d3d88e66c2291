package io.twinstore.storage.migrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.Secret;
import io.twinstore.storage.migrate.ColumnPlan;
import io.twinstore.storage.migrate.MergedTable;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationReport.TableResult;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.PlannedFile;
import io.twinstore.storage.migrate.PlannedSource;
import io.twinstore.storage.migrate.Survey;
import io.twinstore.storage.migrate.TablePlan;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.migrate.VerifyReport.Sample;
import io.twinstore.storage.migrate.VerifyReport.TableProof;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The pages parse, need nothing from elsewhere, escape every name, and say the verdict first. */
class MoveReportTest {

    private static final String NASTY = "</title><script>alert('x')</script>&\"\u202e\u0007";

    private static MigrationPlan plan(String table, List<Survey.Missing> missing) {
        PostgresOptions postgres =
                PostgresOptions.builder()
                        .host("db.example.org")
                        .database("app")
                        .user("hidden-user")
                        .password(Secret.of("hunter2"))
                        .build();
        return new MigrationPlan(
                "01234567-0123-0123-0123-0123456789ab",
                MigrationPlan.Layout.TABLES,
                new PlannedSource(
                        List.of(
                                new PlannedFile(
                                        Path.of("/data/<a>.db"),
                                        "ab".repeat(32),
                                        Instant.EPOCH,
                                        null)),
                        Path.of("/tmp"),
                        List.of(new MergedTable(Path.of("/data/b.db"), "t", 1, 2, 3, "t_of_b"))),
                MigrationTarget.of(postgres).into("legacy"),
                "legacy",
                25_000,
                List.of(table(table)),
                List.of(),
                List.of(new MigrationPlan.Untranslated("view", NASTY, "its <SQL> is SQLite's")),
                new Survey(
                        Instant.parse("2026-11-20T09:30:12Z"),
                        Duration.ofSeconds(3),
                        Map.of(table, 12_345_678L),
                        Duration.ofSeconds(90),
                        new Survey.TargetState("16.4", false, false, 90, 8_000_000, 100_000_000),
                        missing));
    }

    private static TablePlan table(String name) {
        ColumnPlan column =
                new ColumnPlan(
                        NASTY,
                        "c",
                        "VAR<CHAR>",
                        "text",
                        false,
                        null,
                        false,
                        Map.of("text", 3L),
                        2,
                        12,
                        "most cells are <this>");
        return new TablePlan(
                name,
                "t",
                1_234_567,
                true,
                List.of(NASTY),
                null,
                "create table t (secret_sql)",
                List.of(column),
                List.of(NASTY),
                List.of(),
                List.of(),
                List.of(),
                null,
                0,
                List.of());
    }

    private static String moved(long quarantined) {
        return MoveReport.of(
                plan(NASTY, List.of()),
                new MigrationReport(
                        List.of(
                                new TableResult(
                                        NASTY,
                                        1_234_567,
                                        1_234_567 - quarantined,
                                        quarantined,
                                        2,
                                        12_345_678,
                                        1_234_567,
                                        Duration.ofSeconds(10))),
                        false,
                        true,
                        List.of(
                                new MigrationReport.Step(
                                        "primary key of " + NASTY, Duration.ofSeconds(1))),
                        Instant.parse("2026-11-20T10:00:00Z"),
                        Duration.ofSeconds(12)));
    }

    private static String proven(long quarantined, boolean answer, List<String> differences) {
        String here = "cd".repeat(32);
        return MoveReport.of(
                plan(NASTY, List.of()),
                new VerifyReport(
                        List.of(
                                new TableProof(
                                        NASTY,
                                        1_234_567,
                                        1_234_567 - quarantined,
                                        quarantined,
                                        2,
                                        here,
                                        differences.isEmpty() ? here : "ef".repeat(32),
                                        differences.size(),
                                        differences,
                                        Duration.ofSeconds(9))),
                        List.of(),
                        List.of(
                                new Sample(
                                        NASTY,
                                        "5 rows by key",
                                        answer,
                                        5,
                                        Duration.ofMillis(1),
                                        Duration.ofMillis(2))),
                        Instant.parse("2026-11-20T10:00:00Z"),
                        Duration.ofSeconds(12)));
    }

    private static List<String> pages() {
        return List.of(
                MoveReport.of(plan(NASTY, List.of())),
                MoveReport.of(
                        plan(
                                NASTY,
                                List.of(
                                        new Survey.Missing(
                                                ErrorCode.ACCESS_DENIED,
                                                "No <right>.",
                                                "Grant it.")))),
                moved(0),
                moved(7),
                proven(0, true, List.of()),
                proven(7, true, List.of()),
                proven(0, false, List.of("row text of 5 bytes 'value', column x")));
    }

    private static Document parsed(String page) {
        try {
            DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
            parsers.setFeature("http://xml.org/sax/features/external-general-entities", false);
            return parsers.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Element> elements(Document page, String name) {
        NodeList found = page.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements.stream();
    }

    private static String verdict(String page) {
        return elements(parsed(page), "h1").findFirst().orElseThrow().getTextContent();
    }

    @Test
    void everyPageParsesAndNeedsNothingFromElsewhere() {
        for (String page : pages()) {
            Document document = parsed(page);
            for (String active :
                    List.of("script", "link", "img", "iframe", "object", "image", "use", "a")) {
                assertThat(elements(document, active)).as(active).isEmpty();
            }
            elements(document, "*")
                    .forEach(
                            element -> {
                                for (int i = 0; i < element.getAttributes().getLength(); i++) {
                                    assertThat(element.getAttributes().item(i).getNodeName())
                                            .doesNotStartWith("on")
                                            .isNotIn("src", "href", "xlink:href", "srcset");
                                }
                            });
            String style = elements(document, "style").findFirst().orElseThrow().getTextContent();
            assertThat(style).doesNotContain("url(", "@import", "http");
            assertThat(page).contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
        }
    }

    @Test
    void aPlanOfSeveralFilesSaysWhatBecameOfTheirRows() {
        assertThat(
                        parsed(MoveReport.of(plan(NASTY, List.of())))
                                .getDocumentElement()
                                .getTextContent())
                .contains("Files that become one", "b.db", "t_of_b");
    }

    @Test
    void namesAreTextAndTurnNothing() {
        for (String page : pages()) {
            assertThat(page).doesNotContain("<script", "\u202e", "\u0007");
            assertThat(parsed(page).getDocumentElement().getTextContent())
                    .contains("</title><script>alert('x')</script>&\"\\u202e\\u0007");
        }
    }

    @Test
    void noValueNoUserAndNoPasswordIsShown() {
        for (String page : pages()) {
            assertThat(page).doesNotContain("hunter2", "hidden-user", "'value'", "secret_sql");
        }
    }

    @Test
    void everyChartHasATitleAndEveryTableItsHeaders() {
        for (String page : pages()) {
            Document document = parsed(page);
            elements(document, "svg")
                    .filter(svg -> svg.getAttribute("aria-hidden").isEmpty())
                    .forEach(
                            svg -> {
                                assertThat(svg.getAttribute("role")).isEqualTo("img");
                                assertThat(svg.getFirstChild().getNodeName()).isEqualTo("title");
                                assertThat(svg.getFirstChild().getTextContent()).isNotBlank();
                            });
            assertThat(elements(document, "svg").count()).isGreaterThan(1);
            elements(document, "th")
                    .forEach(th -> assertThat(th.getAttribute("scope")).isIn("col", "row"));
            elements(document, "table")
                    .forEach(
                            table ->
                                    assertThat(table.getElementsByTagName("caption").getLength())
                                            .isEqualTo(1));
        }
    }

    @Test
    void theVerdictIsTheHeading() {
        assertThat(verdict(MoveReport.of(plan("t", List.of()))))
                .isEqualTo("Ready to move 1,234,567 rows in 1 table");
        assertThat(
                        verdict(
                                MoveReport.of(
                                        plan(
                                                "t",
                                                List.of(
                                                        new Survey.Missing(
                                                                ErrorCode.SCHEMA,
                                                                "Old.",
                                                                "New."))))))
                .isEqualTo("Not ready: 1 thing is missing in the target");
        assertThat(verdict(moved(0))).isEqualTo("All 1,234,567 rows are in PostgreSQL");
        assertThat(verdict(moved(7)))
                .isEqualTo("1,234,560 of 1,234,567 rows are in PostgreSQL, 7 in quarantine");
        assertThat(verdict(proven(0, true, List.of())))
                .isEqualTo("All 1,234,567 rows are in PostgreSQL, proven equal");
        assertThat(verdict(proven(7, true, List.of())))
                .isEqualTo(
                        "1,234,560 of 1,234,567 rows are in PostgreSQL, proven equal; 7 are in"
                                + " quarantine");
        assertThat(verdict(proven(0, true, List.of("x")))).isEqualTo("The two sides are not equal");
        assertThat(verdict(proven(0, false, List.of()))).isEqualTo("The two sides are not equal");
    }

    @Test
    void barsAreAsLongAsWhatTheyShow() {
        Html html = new Html();
        Bars bars = new Bars("Rows", "");
        bars.add(new Bars.Bar("a", 50, 0, "50"));
        bars.add(new Bars.Bar("b", 60, 40, "100"));
        bars.add(new Bars.Bar("c", 0, 0, "0"));
        bars.write(html);
        assertThat(html.toString())
                .contains("class=\"first\" x=\"0.00%\" width=\"50.00%\"")
                .contains("class=\"first\" x=\"0.00%\" width=\"60.00%\"")
                .contains("class=\"second\" x=\"60.00%\" width=\"40.00%\"")
                .containsSubsequence("<title>b: 100", "<title>a: 50", "<title>c: 0");
    }

    @Test
    void manyBarsAreCounted() {
        Html html = new Html();
        Bars bars = new Bars("Rows", "");
        for (int i = 1; i <= 60; i++) {
            bars.add(new Bars.Bar("t" + i, i, 0, "" + i));
        }
        bars.write(html);
        assertThat(html.toString()).contains("<title>t60", "<title>t46", "45 more, each shorter");
        assertThat(html.toString()).doesNotContain("<title>t45:");
    }
}

package io.twinstore.storage.migrate.report;

import io.twinstore.storage.migrate.ColumnPlan;
import io.twinstore.storage.migrate.MergedTable;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import io.twinstore.storage.migrate.Survey;
import io.twinstore.storage.migrate.TablePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a move would do. */
final class PlanPage {

    private static final int FEW_TABLES = 3;

    private final MigrationPlan plan;
    private final @Nullable Survey survey;

    PlanPage(MigrationPlan plan) {
        this.plan = plan;
        this.survey = plan.survey();
    }

    String html() {
        int lacking = survey == null ? 0 : survey.missing().size();
        String rows = Figures.counted(plan.rows(), "row");
        String tables = Figures.counted(plan.tables().size(), "table");
        Page page =
                lacking == 0
                        ? new Page(
                                "Plan of a move",
                                Page.Tone.GOOD,
                                "Ready to move " + rows + " in " + tables,
                                "Nothing has been changed. What follows is what the move would do.")
                        : new Page(
                                "Plan of a move",
                                Page.Tone.BAD,
                                "Not ready: "
                                        + Figures.counted(lacking, "thing")
                                        + (lacking == 1 ? " is" : " are")
                                        + " missing in the target",
                                rows + " in " + tables + " wait. Nothing has been changed.");
        page.keys(keys());
        missing(page);
        page.section("How much there is", "");
        rowsAndBytes(page);
        merged(page);
        types(page);
        expressed(page);
        untranslated(page);
        estimate(page);
        page.facts(plan, facts());
        return page.end();
    }

    private List<Page.Key> keys() {
        List<Page.Key> keys = new ArrayList<>();
        keys.add(new Page.Key(Figures.whole(plan.rows()), "rows"));
        keys.add(new Page.Key(Figures.whole(plan.tables().size()), "tables"));
        if (survey != null) {
            keys.add(new Page.Key(Figures.bytes(survey.totalBytes()), "of data"));
            keys.add(new Page.Key("≈ " + Figures.about(survey.estimate()), "to copy"));
        }
        keys.add(new Page.Key(Figures.whole(plan.residue()), "cells to the residue"));
        keys.add(new Page.Key(Figures.whole(plan.untranslated().size()), "not in the target"));
        return keys;
    }

    private void missing(Page page) {
        if (survey == null || survey.missing().isEmpty()) {
            return;
        }
        page.section("Missing in the target", "The move does not begin before this is there.");
        page.list(
                survey.missing().stream().map(lack -> lack.what() + " " + lack.remedy()).toList(),
                "bad");
    }

    private void rowsAndBytes(Page page) {
        Bars rows = new Bars("Rows per table", "");
        Table table =
                new Table(
                        "All tables",
                        "$Table",
                        "#Rows",
                        "#Data",
                        "#Columns",
                        "$Key",
                        "#Indexes",
                        "#Checks",
                        "#References");
        for (TablePlan each : plan.tables()) {
            rows.add(new Bars.Bar(each.name(), each.rows(), 0, Figures.whole(each.rows())));
            table.row(
                    each.name(),
                    Figures.whole(each.rows()),
                    Figures.bytes(plan.bytesOf(each.name())),
                    Figures.whole(each.columns().size()),
                    each.key().isEmpty() ? "the row's number" : String.join(", ", each.key()),
                    Figures.whole(
                            each.indexes().size()
                                    + each.uniques().size()
                                    + each.expressionIndexes().size()),
                    Figures.whole(each.checks().size()),
                    Figures.whole(each.foreignKeys().size()));
        }
        page.chart(rows);
        page.table(table);
    }

    private void merged(Page page) {
        List<MergedTable> merged = plan.source().merged();
        if (merged.isEmpty()) {
            return;
        }
        page.section(
                "Files that become one",
                "Rows that both have are there once. Rows that cannot stand in one table, and what"
                        + " refers to them, have a table of their own.");
        Table table =
                new Table(
                        "All tables that were merged",
                        "$File",
                        "$Table",
                        "#Added",
                        "#There already",
                        "#Apart",
                        "$In the table");
        for (MergedTable each : merged) {
            table.row(
                    String.valueOf(each.file().getFileName()),
                    each.table(),
                    Figures.whole(each.added()),
                    Figures.whole(each.same()),
                    Figures.whole(each.apart()),
                    each.apartTable() == null ? "" : each.apartTable());
        }
        page.table(table);
    }

    private void types(Page page) {
        boolean own = plan.layout() == MigrationPlan.Layout.TWINSTORE;
        page.section(
                "Types, and why",
                own
                        ? "The rows go to Twinstore's own tables. Both databases have them, so each"
                                + " column's type is fixed."
                        : "A type narrower than text is taken only where every cell of the column comes"
                                + " back from it as it was, type and bytes.");
        Map<String, Integer> types = new TreeMap<>();
        plan.tables().stream()
                .flatMap(table -> table.columns().stream())
                .forEach(column -> types.merge(type(column), 1, Integer::sum));
        Bars bars = new Bars("Columns per type in PostgreSQL", "");
        types.forEach(
                (type, count) -> bars.add(new Bars.Bar(type, count, 0, Figures.whole(count))));
        page.chart(bars);
        for (TablePlan table : plan.tables()) {
            page.folded(
                    table.name(),
                    Figures.counted(table.columns().size(), "column"),
                    columns(table),
                    plan.tables().size() <= FEW_TABLES);
        }
    }

    private static Table columns(TablePlan table) {
        Table columns =
                new Table(
                        "Columns of " + table.name(),
                        "$Column",
                        "Declared",
                        "Type",
                        "Why",
                        "What is in it",
                        "#Residue");
        for (ColumnPlan column : table.columns()) {
            columns.row(
                    column.name(),
                    column.declared().isEmpty() ? "–" : column.declared(),
                    type(column) + (column.notNull() ? ", not null" : ""),
                    column.why(),
                    column.cells().entrySet().stream()
                            .map(each -> Figures.whole(each.getValue()) + " " + each.getKey())
                            .collect(Collectors.joining(", ")),
                    Figures.whole(column.residue()));
        }
        return columns;
    }

    private static String type(ColumnPlan column) {
        return switch (column.codec()) {
            case "double" -> "double precision";
            case "tagged" -> "bytea, tagged";
            default -> column.codec().startsWith("timestamptz") ? "timestamptz" : column.codec();
        };
    }

    private void expressed(Page page) {
        Table table =
                new Table(
                        "Checks and indexes",
                        "$Table",
                        "Kind",
                        "$Name",
                        "$In SQLite",
                        "$In PostgreSQL");
        boolean any = false;
        for (TablePlan each : plan.tables()) {
            for (TablePlan.Expressed expressed : each.expressed()) {
                any = true;
                table.row(
                        each.name(),
                        expressed.kind(),
                        expressed.name(),
                        expressed.source(),
                        expressed.target());
            }
        }
        if (any) {
            page.section(
                    "Checks, conditions and expressions",
                    "Each means the same on both sides, for every row; the comparison after the move"
                            + " counts them anew.");
            page.table(table);
        }
    }

    private void untranslated(Page page) {
        if (plan.untranslated().isEmpty()) {
            return;
        }
        page.section(
                "Not in the target",
                "PostgreSQL will not have these. The way back has them: it runs the file's own"
                        + " statements.");
        Table table = new Table("Not in the target", "Kind", "$Name", "Why");
        for (Untranslated left : plan.untranslated()) {
            table.row(left.kind(), left.name(), left.why());
        }
        page.table(table);
    }

    private void estimate(Page page) {
        if (survey == null) {
            return;
        }
        page.section(
                "How long it will take",
                "About "
                        + Figures.about(survey.estimate())
                        + " for the copy with keys and indexes, and about as long again to verify it."
                        + " The connection was measured; what the server does with a row is an average"
                        + " of other moves, since a plan writes nothing. Expect half to twice as much.");
    }

    private List<Page.Key> facts() {
        List<Page.Key> facts = new ArrayList<>();
        if (survey != null) {
            Survey.TargetState target = survey.target();
            facts.add(new Page.Key("PostgreSQL " + target.version(), "Server"));
            facts.add(
                    new Page.Key(target.schemaThere() ? "there" : "will be made", "The schema is"));
            facts.add(new Page.Key(Figures.whole(target.connectionsFree()), "Free connections"));
            facts.add(new Page.Key(Figures.bytes(target.databaseBytes()), "Database now"));
            facts.add(
                    new Page.Key(Figures.bytes(target.linkBytesPerSecond()) + "/s", "Connection"));
            facts.add(new Page.Key("PostgreSQL does not tell it", "Free disk of the server"));
            facts.add(new Page.Key(Figures.about(survey.scan()), "Scan of the source"));
            facts.add(new Page.Key(Page.moment(survey.at()), "Planned"));
        }
        return facts;
    }
}

package io.twinstore.storage.migrate.report;

import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationReport.TableResult;
import java.time.Duration;
import java.util.List;

/** What a move did. */
final class MovePage {

    private final MigrationPlan plan;
    private final MigrationReport report;
    private final long rows;
    private final long residue;

    MovePage(MigrationPlan plan, MigrationReport report) {
        this.plan = plan;
        this.report = report;
        rows = report.tables().stream().mapToLong(TableResult::rows).sum();
        residue = report.tables().stream().mapToLong(TableResult::residue).sum();
    }

    String html() {
        boolean all = report.quarantined() == 0;
        Page page =
                new Page(
                        "Report of a move",
                        all ? Page.Tone.GOOD : Page.Tone.MIND,
                        all
                                ? "All " + Figures.counted(rows, "row") + " are in PostgreSQL"
                                : Figures.whole(report.loaded())
                                        + " of "
                                        + Figures.counted(rows, "row")
                                        + " are in PostgreSQL, "
                                        + Figures.whole(report.quarantined())
                                        + " in quarantine",
                        (all ? "" : "A row in quarantine is kept whole, with the reason. ")
                                + "The proof is verify's: it reads both sides anew and compares every"
                                + " cell.");
        page.keys(
                List.of(
                        new Page.Key(Figures.whole(report.loaded()), "rows loaded"),
                        new Page.Key(Figures.whole(report.quarantined()), "rows in quarantine"),
                        new Page.Key(Figures.whole(residue), "cells in the residue"),
                        new Page.Key(Figures.about(report.took()), "in this run"),
                        new Page.Key(rate(), "rows per second")));
        page.section("Rows", residueText());
        rows(page);
        times(page);
        page.facts(
                plan,
                List.of(
                        new Page.Key(Page.moment(report.startedAt()), "Begun"),
                        new Page.Key(Figures.about(report.took()), "Took"),
                        new Page.Key(
                                report.resumed()
                                        ? "yes, where an earlier one had stopped"
                                        : "no, from the beginning",
                                "Went on")));
        return page.end();
    }

    private String residueText() {
        return residue == 0
                ? "Every cell is in PostgreSQL as it was."
                : Figures.counted(residue, "cell")
                        + " cannot stand in PostgreSQL exactly as in SQLite. Their original bytes are"
                        + " kept beside, so that nothing is lost on the way back.";
    }

    private String rate() {
        long moved = report.tables().stream().mapToLong(TableResult::moved).sum();
        Duration copying =
                report.tables().stream()
                        .map(TableResult::took)
                        .reduce(Duration.ZERO, Duration::plus);
        return copying.isZero() ? "–" : Figures.whole(perSecond(moved, copying));
    }

    private static long perSecond(long rows, Duration took) {
        return took.isZero() ? 0 : Math.round((double) rows * 1e9 / took.toNanos());
    }

    private void rows(Page page) {
        Bars bars =
                new Bars(
                        "Rows per table",
                        report.quarantined() == 0 ? "" : "Blue is loaded, amber is in quarantine.");
        Table table =
                new Table(
                        "All tables",
                        "$Table",
                        "#Rows",
                        "#Loaded",
                        "#Quarantine",
                        "#Residue",
                        "#Data",
                        "#Took",
                        "#Rows/s");
        for (TableResult each : report.tables()) {
            bars.add(
                    new Bars.Bar(
                            each.table(),
                            each.loaded(),
                            each.quarantined(),
                            each.quarantined() == 0
                                    ? Figures.whole(each.loaded())
                                    : Figures.whole(each.loaded())
                                            + " + "
                                            + Figures.whole(each.quarantined())));
            table.row(
                    each.table(),
                    Figures.whole(each.rows()),
                    Figures.whole(each.loaded()),
                    Figures.whole(each.quarantined()),
                    Figures.whole(each.residue()),
                    Figures.bytes(each.bytes()),
                    each.moved() == 0 ? "–" : Figures.about(each.took()),
                    each.moved() == 0 ? "–" : Figures.whole(perSecond(each.moved(), each.took())));
        }
        page.chart(bars);
        page.table(table);
    }

    private void times(Page page) {
        page.section("Where the time went", "");
        Bars tables = new Bars("Copying, per table", "");
        for (TableResult each : report.tables()) {
            tables.add(
                    new Bars.Bar(
                            each.table(), each.took().toNanos(), 0, Figures.about(each.took())));
        }
        page.chart(tables);
        Bars steps = new Bars("Before and after the copy, per step", "");
        Table table = new Table("All steps", "$Step", "#Took");
        for (MigrationReport.Step step : report.steps()) {
            steps.add(
                    new Bars.Bar(
                            step.what(), step.took().toNanos(), 0, Figures.about(step.took())));
            table.row(step.what(), Figures.about(step.took()));
        }
        page.chart(steps);
        if (table.rows() > 0) {
            page.folded("All steps", Figures.counted(report.steps().size(), "step"), table, false);
        }
    }
}

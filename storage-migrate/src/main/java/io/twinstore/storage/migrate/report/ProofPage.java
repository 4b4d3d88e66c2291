package io.twinstore.storage.migrate.report;

import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.migrate.VerifyReport.Sample;
import io.twinstore.storage.migrate.VerifyReport.TableProof;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a comparison of both sides found. */
final class ProofPage {

    private static final int FEW_SAMPLES = 12;

    private final MigrationPlan plan;
    private final VerifyReport report;
    private final long rows;
    private final long quarantined;
    private final long residue;

    ProofPage(MigrationPlan plan, VerifyReport report) {
        this.plan = plan;
        this.report = report;
        rows = report.tables().stream().mapToLong(TableProof::sourceRows).sum();
        quarantined = report.tables().stream().mapToLong(TableProof::quarantined).sum();
        residue = report.tables().stream().mapToLong(TableProof::residue).sum();
    }

    String html() {
        Page page = new Page("Proof of a move", tone(), verdict(), lead());
        page.keys(
                List.of(
                        new Page.Key(Figures.whole(rows), "rows compared"),
                        new Page.Key(
                                Figures.whole(count(TableProof::equal))
                                        + " of "
                                        + Figures.whole(report.tables().size()),
                                "tables equal"),
                        new Page.Key(Figures.whole(quarantined), "rows in quarantine"),
                        new Page.Key(Figures.whole(residue), "cells in the residue"),
                        new Page.Key(Figures.about(report.took()), "to compare")));
        differences(page);
        tables(page);
        samples(page);
        digests(page);
        page.facts(
                plan,
                List.of(
                        new Page.Key(Page.moment(report.startedAt()), "Begun"),
                        new Page.Key(Figures.about(report.took()), "Took")));
        return page.end();
    }

    private long count(Predicate<TableProof> which) {
        return report.tables().stream().filter(which).count();
    }

    private Page.Tone tone() {
        return !report.equal() ? Page.Tone.BAD : quarantined == 0 ? Page.Tone.GOOD : Page.Tone.MIND;
    }

    private String verdict() {
        if (!report.equal()) {
            return "The two sides are not equal";
        }
        return quarantined == 0
                ? "All " + Figures.counted(rows, "row") + " are in PostgreSQL, proven equal"
                : Figures.whole(rows - quarantined)
                        + " of "
                        + Figures.counted(rows, "row")
                        + " are in PostgreSQL, proven equal; "
                        + Figures.whole(quarantined)
                        + " are in quarantine";
    }

    private String lead() {
        if (!report.equal()) {
            return "Do not switch over yet. What differs is named below.";
        }
        return "Every cell of the file was read again and compared with what PostgreSQL gives back, by"
                + " type and bytes. "
                + (residue == 0
                        ? ""
                        : Figures.counted(residue, "cell")
                                + " cannot stand in PostgreSQL exactly; their original bytes are kept"
                                + " beside and were compared. ")
                + (quarantined == 0
                        ? ""
                        : "Rows in quarantine are kept whole, and were compared as well.");
    }

    private void differences(Page page) {
        List<String> found = new ArrayList<>();
        for (TableProof proof : report.tables()) {
            if (!proof.equal()) {
                found.add(
                        proof.table()
                                + ": "
                                + Figures.counted(proof.different(), "row")
                                + (proof.different() == 1 ? " differs" : " differ")
                                + " ("
                                + Figures.whole(proof.sourceRows())
                                + " in the file, "
                                + Figures.whole(proof.targetRows())
                                + " in PostgreSQL, "
                                + Figures.whole(proof.quarantined())
                                + " in quarantine)");
            }
        }
        found.addAll(report.faults());
        report.samples().stream()
                .filter(sample -> !sample.equal())
                .forEach(
                        sample ->
                                found.add(
                                        sample.table()
                                                + ": another answer to the query '"
                                                + sample.query()
                                                + "'"));
        if (!found.isEmpty()) {
            page.section("What is not equal", "The command verify names the first rows by key.");
            page.list(found, "bad");
        }
    }

    private void tables(Page page) {
        page.section(
                "Table by table", "Rows of the file = rows in PostgreSQL + rows in quarantine.");
        Bars bars =
                new Bars(
                        "Rows compared, per table",
                        quarantined == 0 ? "" : "Blue is in PostgreSQL, amber is in quarantine.");
        Table table =
                new Table(
                        "All tables",
                        "$Table",
                        "Verdict",
                        "#File",
                        "#PostgreSQL",
                        "#Quarantine",
                        "#Residue",
                        "#Took");
        for (TableProof proof : report.tables()) {
            bars.add(
                    new Bars.Bar(
                            proof.table(),
                            proof.targetRows(),
                            proof.quarantined(),
                            Figures.whole(proof.sourceRows())));
            table.row(
                    proof.table(),
                    proof.equal() ? "✓ equal" : "✗ differs",
                    Figures.whole(proof.sourceRows()),
                    Figures.whole(proof.targetRows()),
                    Figures.whole(proof.quarantined()),
                    Figures.whole(proof.residue()),
                    Figures.about(proof.took()));
        }
        page.chart(bars);
        page.table(table);
    }

    private void samples(Page page) {
        if (report.samples().isEmpty()) {
            return;
        }
        page.section(
                "Sample queries",
                "What an application might ask, put to both sides. The answers must be equal. The times"
                        + " are of a file on one machine and a server that may be far away: they show"
                        + " what to expect, and prove nothing.");
        Bars bars = new Bars("The slowest in PostgreSQL", "");
        Table table =
                new Table(
                        "All sample queries",
                        "$Table",
                        "Query",
                        "Answer",
                        "#Rows",
                        "#SQLite",
                        "#PostgreSQL");
        for (Sample sample : report.samples()) {
            bars.add(
                    new Bars.Bar(
                            sample.table() + ": " + sample.query(),
                            sample.target().toNanos(),
                            0,
                            Figures.about(sample.target())));
            table.row(
                    sample.table(),
                    sample.query(),
                    sample.equal() ? "✓ equal" : "✗ differs",
                    Figures.whole(sample.rows()),
                    Figures.about(sample.source()),
                    Figures.about(sample.target()));
        }
        page.chart(bars);
        page.folded(
                "All sample queries",
                Figures.counted(report.samples().size(), "query").replace("querys", "queries"),
                table,
                report.samples().size() <= FEW_SAMPLES);
    }

    private void digests(Page page) {
        page.section(
                "Digests",
                "SHA-256 over all keys and cells with their types and lengths: of the file, and of what"
                        + " PostgreSQL, residue and quarantine give back. Equal digests, equal data.");
        Table table = new Table("Digests", "$Table", "$Of the file", "$Of PostgreSQL");
        for (TableProof proof : report.tables()) {
            boolean same = proof.sourceSha256().equals(proof.targetSha256());
            table.row(
                    proof.table(), proof.sourceSha256(), same ? "the same" : proof.targetSha256());
        }
        page.folded("All digests", Figures.counted(report.tables().size(), "table"), table, false);
    }
}

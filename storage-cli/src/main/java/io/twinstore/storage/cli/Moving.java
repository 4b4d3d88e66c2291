package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationOptions;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.migrate.VerifyReport.TableProof;
import io.twinstore.storage.migrate.report.Figures;
import io.twinstore.storage.migrate.report.MoveReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out, compares and takes back what a plan says. */
final class Moving {

    private static final int MOST_SAMPLES = 12;

    private final Terminal terminal;
    private final @Nullable String url;
    private final boolean json;
    private final @Nullable Path page;

    /**
     * @param page where a report for people goes, or null
     */
    Moving(Terminal terminal, @Nullable String url, boolean json, @Nullable Path page) {
        this.terminal = terminal;
        this.url = url;
        this.json = json;
        this.page = page;
    }

    int migrate(Path file, MigrationOptions options) {
        MigrationPlan plan = MoveTarget.plan(terminal, file, url);
        MigrationReport report;
        try (MoveProgress progress = MoveProgress.of(terminal, plan)) {
            report = Migration.migrate(plan, options, progress);
        }
        if (page != null) {
            ReportFile.write(page, MoveReport.of(plan, report));
        }
        if (json) {
            terminal.out().println(report.toJson().text());
            return ExitCode.OK;
        }
        print(plan, report, file);
        return ExitCode.OK;
    }

    private void print(MigrationPlan plan, MigrationReport report, Path file) {
        Layout layout = opened(plan);
        Grid grid = new Grid(layout);
        for (MigrationReport.TableResult table : report.tables()) {
            grid.row(
                    table.table(),
                    Layout.counted(table.loaded(), "row"),
                    table.moved() == 0 ? "" : Figures.about(table.took()),
                    table.quarantined() == 0
                            ? ""
                            : Layout.counted(table.quarantined(), "row") + " in quarantine",
                    table.residue() == 0
                            ? ""
                            : Layout.counted(table.residue(), "cell") + " in the residue");
        }
        grid.print();
        printSteps(layout, report);
        layout.line("");
        layout.field(
                report.complete() ? "In all" : "So far",
                Layout.counted(report.loaded(), "row") + " in " + Figures.about(report.took()));
        written(layout);
        layout.line("");
        layout.line(
                "Next: "
                        + terminal.command()
                        + (report.complete() ? " verify --plan " : " migrate --plan ")
                        + Printable.line(file.toString()));
        layout.line("");
    }

    private static void printSteps(Layout layout, MigrationReport report) {
        layout.heading("Before and after the load");
        Grid grid = new Grid(layout);
        report.steps().forEach(step -> grid.row(step.what(), Figures.about(step.took())));
        grid.print();
    }

    int verify(Path file) {
        MigrationPlan plan = MoveTarget.plan(terminal, file, url);
        VerifyReport report;
        try (MoveProgress progress = MoveProgress.of(terminal, plan)) {
            report = Migration.verify(plan, progress);
        }
        if (page != null) {
            ReportFile.write(page, MoveReport.of(plan, report));
        }
        if (json) {
            terminal.out().println(report.toJson().text());
        } else {
            print(plan, report);
        }
        return report.equal() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void print(MigrationPlan plan, VerifyReport report) {
        Layout layout = opened(plan);
        Grid grid = new Grid(layout);
        for (TableProof proof : report.tables()) {
            grid.row(
                    proof.table(),
                    proof.equal() ? "equal" : "differs",
                    Layout.counted(proof.sourceRows(), "row"),
                    Figures.about(proof.took()),
                    "sha256 " + proof.sourceSha256().substring(0, 16));
        }
        grid.print();
        printSamples(layout, report);
        report.tables().stream()
                .flatMap(proof -> proof.differences().stream().map(d -> proof.table() + ": " + d))
                .forEach(what -> layout.line(layout.style().red(Printable.line(what))));
        report.faults().forEach(fault -> layout.styled("Fault", Printable.line(fault)));
        layout.line("");
        written(layout);
        layout.line(
                report.equal()
                        ? layout.style().green("Both sides are equal.")
                        : layout.style().red("The sides are not equal."));
        layout.line("");
    }

    private static long differing(VerifyReport report) {
        return report.samples().stream().filter(sample -> !sample.equal()).count();
    }

    /** Those whose answers differ, and of the others the slowest. */
    private static void printSamples(Layout layout, VerifyReport report) {
        layout.heading("Sample queries: SQLite, PostgreSQL");
        Grid grid = new Grid(layout);
        report.samples().stream()
                .sorted(
                        Comparator.comparing(VerifyReport.Sample::equal)
                                .thenComparing(
                                        VerifyReport.Sample::target, Comparator.reverseOrder()))
                .limit(Math.max(MOST_SAMPLES, differing(report)))
                .forEach(
                        sample ->
                                grid.row(
                                        sample.table() + ": " + sample.query(),
                                        sample.equal() ? "equal" : "differs",
                                        Layout.time(sample.source()),
                                        Layout.time(sample.target())));
        grid.print();
        if (report.samples().size() > MOST_SAMPLES) {
            layout.line(
                    layout.style()
                            .dim(
                                    "The slowest of "
                                            + Figures.whole(report.samples().size())
                                            + "; --json and --report have them all."));
        }
        layout.line("");
    }

    private void written(Layout layout) {
        if (page != null) {
            layout.field("Report", page.toAbsolutePath().normalize());
        }
    }

    int reverse(Path file, Path to, boolean twinstore) {
        MigrationPlan plan = MoveTarget.plan(terminal, file, url);
        long begin = System.nanoTime();
        long rows;
        try (MoveProgress progress = MoveProgress.of(terminal, plan)) {
            rows =
                    twinstore
                            ? Migration.reverseUpgraded(plan, to, progress)
                            : Migration.reverse(plan, to, progress);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (json) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("file", to.toAbsolutePath().normalize().toString());
            fields.put("rows", rows);
            fields.put("millis", took.toMillis());
            terminal.out().println(Json.from(fields).text());
            return ExitCode.OK;
        }
        Layout layout = opened(plan);
        layout.field("Written", to.toAbsolutePath().normalize() + " (made just now)");
        layout.field("Rows", Layout.counted(rows, "row") + " in " + Figures.about(took));
        layout.line("");
        return ExitCode.OK;
    }

    private Layout opened(MigrationPlan plan) {
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.field("From", plan.source().names());
        layout.field("To", plan.target().postgres().address() + ", schema " + plan.schema());
        layout.line("");
        return layout;
    }
}

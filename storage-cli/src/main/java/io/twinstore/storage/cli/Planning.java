package io.twinstore.storage.cli;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.migrate.ColumnPlan;
import io.twinstore.storage.migrate.MergedTable;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.PlannedFile;
import io.twinstore.storage.migrate.PlannedSource;
import io.twinstore.storage.migrate.Survey;
import io.twinstore.storage.migrate.TablePlan;
import io.twinstore.storage.migrate.report.Figures;
import io.twinstore.storage.migrate.report.MoveReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a plan, writes it to a file and shows it. */
final class Planning {

    private final Terminal terminal;
    private final @Nullable String url;
    private final boolean json;
    private final @Nullable Path page;

    /**
     * @param page where a report for people goes, or null
     */
    Planning(Terminal terminal, @Nullable String url, boolean json, @Nullable Path page) {
        this.terminal = terminal;
        this.url = url;
        this.json = json;
        this.page = page;
    }

    int run(List<Path> from, @Nullable String schema, Path out, @Nullable Path work) {
        PostgresOptions postgres = MoveTarget.options(terminal, url);
        MigrationSource source = MigrationSource.of(from);
        MigrationTarget target = new MigrationTarget(postgres, schema);
        MigrationPlan plan;
        try (MoveProgress progress = MoveProgress.of(terminal, null)) {
            plan = Migration.plan(work == null ? source : source.workingIn(work), target, progress);
        }
        write(plan, out);
        if (page != null) {
            ReportFile.write(page, MoveReport.of(plan));
        }
        if (json) {
            terminal.out().println(plan.toJson().text());
        } else {
            print(plan, out);
        }
        return ExitCode.OK;
    }

    private static void write(MigrationPlan plan, Path out) {
        try {
            Files.writeString(out, plan.toJson().text() + "\n");
        } catch (IOException e) {
            throw new RefusedException(
                    out + " cannot be written: " + e.getClass().getSimpleName() + ".",
                    "Name another file with --out.",
                    e);
        }
    }

    private void print(MigrationPlan plan, Path out) {
        Layout layout = new Layout(terminal);
        layout.line("");
        for (PlannedFile file : plan.source().files()) {
            layout.field(
                    "From",
                    file.file()
                            + (file.upgradedFrom() == null
                                    ? ""
                                    : "  (layout "
                                            + file.upgradedFrom()
                                            + ", upgraded on the way)"));
            layout.field("SHA-256", file.sha256());
        }
        layout.field("To", plan.target().postgres().address() + ", schema " + plan.schema());
        layout.field("Rows", Layout.counted(plan.rows(), "row"));
        if (plan.residue() > 0) {
            layout.field("Residue", Layout.counted(plan.residue(), "cell"));
        }
        Survey survey = plan.survey();
        if (survey != null) {
            layout.field("Data", Figures.bytes(survey.totalBytes()));
            layout.field("Estimate", "about " + Figures.about(survey.estimate()) + " to copy");
            layout.field("Server", "PostgreSQL " + survey.target().version());
        }
        if (plan.layout() == MigrationPlan.Layout.TABLES) {
            plan.tables().forEach(table -> print(layout, plan, table));
        } else {
            layout.line("");
            Grid grid = new Grid(layout);
            plan.tables()
                    .forEach(
                            table ->
                                    grid.row(
                                            table.name(),
                                            Layout.counted(table.rows(), "row"),
                                            Figures.bytes(plan.bytesOf(table.name()))));
            grid.print();
        }
        printMerged(layout, plan.source());
        printExpressed(layout, plan);
        if (!plan.untranslated().isEmpty()) {
            layout.heading("Not in the target");
            Grid grid = new Grid(layout);
            for (Untranslated left : plan.untranslated()) {
                grid.row(left.kind() + " " + left.name(), left.why());
            }
            grid.print();
        }
        if (survey != null && !survey.missing().isEmpty()) {
            layout.heading("Missing in the target");
            for (Survey.Missing missing : survey.missing()) {
                layout.line(layout.style().red(Printable.line(missing.what())));
                layout.line("  " + Printable.line(missing.remedy()));
            }
        }
        layout.line("");
        layout.line(
                "Written to "
                        + Printable.line(out.toString())
                        + ". Next: "
                        + terminal.command()
                        + " migrate --plan "
                        + Printable.line(out.toString()));
        if (page != null) {
            layout.line("Report: " + Printable.line(page.toString()));
        }
        layout.line("");
    }

    private static void printMerged(Layout layout, PlannedSource source) {
        for (PlannedFile file : source.files()) {
            List<MergedTable> merged =
                    source.merged().stream()
                            .filter(table -> table.file().equals(file.file()))
                            .toList();
            if (merged.isEmpty()) {
                continue;
            }
            layout.heading("Merged from " + file.file().getFileName());
            Grid grid = new Grid(layout);
            for (MergedTable table : merged) {
                grid.row(
                        table.table(),
                        Layout.counted(table.added(), "row") + " added",
                        Figures.whole(table.same()) + " there already",
                        table.apartTable() == null
                                ? ""
                                : Layout.counted(table.apart(), "row")
                                        + " to "
                                        + table.apartTable());
            }
            grid.print();
        }
    }

    private static void printExpressed(Layout layout, MigrationPlan plan) {
        if (plan.tables().stream().allMatch(table -> table.expressed().isEmpty())) {
            return;
        }
        layout.heading("Checks, conditions and expressions");
        Grid grid = new Grid(layout);
        for (TablePlan table : plan.tables()) {
            for (TablePlan.Expressed each : table.expressed()) {
                grid.row(table.name(), each.kind(), each.source());
            }
        }
        grid.print();
    }

    private static void print(Layout layout, MigrationPlan plan, TablePlan table) {
        layout.heading(
                table.name()
                        + "  "
                        + Layout.counted(table.rows(), "row")
                        + ", "
                        + Figures.bytes(plan.bytesOf(table.name())));
        Grid grid = new Grid(layout);
        for (ColumnPlan column : table.columns()) {
            grid.row(
                    column.name(),
                    column.codec(),
                    column.residue() == 0
                            ? column.why()
                            : column.why()
                                    + ", "
                                    + Layout.counted(column.residue(), "cell")
                                    + " to the residue");
        }
        grid.print();
    }
}

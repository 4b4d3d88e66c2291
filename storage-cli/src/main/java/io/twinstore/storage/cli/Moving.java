package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.migrate.VerifyReport.TableProof;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out, compares and takes back what a plan says. */
final class Moving {

    private final Terminal terminal;
    private final @Nullable String url;
    private final boolean json;

    Moving(Terminal terminal, @Nullable String url, boolean json) {
        this.terminal = terminal;
        this.url = url;
        this.json = json;
    }

    int migrate(Path file) {
        MigrationPlan plan = MoveTarget.plan(terminal, file, url);
        MigrationReport report = Migration.migrate(plan, new MoveProgress(terminal));
        if (json) {
            terminal.out().println(report.toJson().text());
            return ExitCode.OK;
        }
        Layout layout = opened(plan);
        for (MigrationReport.TableResult table : report.tables()) {
            layout.field(
                    table.table(),
                    Layout.counted(table.loaded(), "row")
                            + (table.quarantined() == 0
                                    ? ""
                                    : ", "
                                            + Layout.counted(table.quarantined(), "more row")
                                            + " in quarantine")
                            + (table.residue() == 0
                                    ? ""
                                    : ", "
                                            + Layout.counted(table.residue(), "cell")
                                            + " in the residue"));
        }
        layout.line("");
        layout.line(
                "Next: "
                        + terminal.command()
                        + " verify --plan "
                        + Printable.line(file.toString()));
        layout.line("");
        return ExitCode.OK;
    }

    int verify(Path file) {
        MigrationPlan plan = MoveTarget.plan(terminal, file, url);
        VerifyReport report = Migration.verify(plan, new MoveProgress(terminal));
        if (json) {
            terminal.out().println(report.toJson().text());
        } else {
            print(plan, report);
        }
        return report.equal() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void print(MigrationPlan plan, VerifyReport report) {
        Layout layout = opened(plan);
        for (TableProof proof : report.tables()) {
            String verdict =
                    proof.equal() ? layout.style().green("equal") : layout.style().red("differs");
            layout.styled(
                    proof.table(),
                    verdict
                            + "  "
                            + Layout.counted(proof.sourceRows(), "row")
                            + layout.style().dim("  " + proof.sourceSha256().substring(0, 16)));
            proof.differences().forEach(what -> layout.styled("", Printable.line(what)));
        }
        report.faults().forEach(fault -> layout.styled("Fault", Printable.line(fault)));
        layout.line("");
        layout.line(report.equal() ? "Both sides are equal." : "The sides are not equal.");
        layout.line("");
    }

    int reverse(Path file, Path to) {
        MigrationPlan plan = MoveTarget.plan(terminal, file, url);
        long rows = Migration.reverse(plan, to);
        if (json) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("file", to.toAbsolutePath().normalize().toString());
            fields.put("rows", rows);
            terminal.out().println(Json.from(fields).text());
            return ExitCode.OK;
        }
        Layout layout = opened(plan);
        layout.field("Written", to.toAbsolutePath().normalize() + " (made just now)");
        layout.field("Rows", Layout.counted(rows, "row"));
        layout.line("");
        return ExitCode.OK;
    }

    private Layout opened(MigrationPlan plan) {
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.field("From", plan.source().file());
        layout.field("To", plan.target().postgres().address() + ", schema " + plan.schema());
        layout.line("");
        return layout;
    }
}

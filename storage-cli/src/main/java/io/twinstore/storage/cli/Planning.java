package io.twinstore.storage.cli;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.migrate.ColumnPlan;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.TablePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes a plan, writes it to a file and shows it. */
final class Planning {

    private final Terminal terminal;
    private final @Nullable String url;
    private final boolean json;

    Planning(Terminal terminal, @Nullable String url, boolean json) {
        this.terminal = terminal;
        this.url = url;
        this.json = json;
    }

    int run(Path from, @Nullable String schema, Path out, @Nullable Path work) {
        PostgresOptions postgres = MoveTarget.options(terminal, url);
        MigrationSource source = MigrationSource.of(from);
        MigrationTarget target = new MigrationTarget(postgres, schema);
        MigrationPlan plan = Migration.plan(work == null ? source : source.workingIn(work), target);
        write(plan, out);
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
        layout.field("From", plan.source().file());
        layout.field("SHA-256", plan.sourceSha256());
        layout.field("To", plan.target().postgres().address() + ", schema " + plan.schema());
        layout.field("Rows", Layout.counted(plan.rows(), "row"));
        if (plan.residue() > 0) {
            layout.field("Residue", Layout.counted(plan.residue(), "cell"));
        }
        for (TablePlan table : plan.tables()) {
            layout.heading(table.name() + "  " + Layout.counted(table.rows(), "row"));
            if (plan.layout() == MigrationPlan.Layout.TABLES) {
                table.columns().forEach(column -> layout.line(row(layout, column)));
            }
        }
        if (!plan.untranslated().isEmpty()) {
            layout.heading("Not in the target");
            for (Untranslated left : plan.untranslated()) {
                layout.line(
                        Printable.line(left.kind() + " " + left.name())
                                + "  "
                                + layout.style().dim(Printable.line(left.why())));
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
        layout.line("");
    }

    private static String row(Layout layout, ColumnPlan column) {
        String residue =
                column.residue() == 0
                        ? ""
                        : "  " + Layout.counted(column.residue(), "cell") + " to the residue";
        return Printable.column(column.name(), 28)
                + " "
                + Printable.column(column.codec(), 26)
                + layout.style().dim(column.why())
                + residue;
    }
}

package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import io.twinstore.storage.migrate.FixReport;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.QuarantinedRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows the rows that a move put aside, brings them over once repaired, and forgets them. */
final class Aside {

    private final Terminal terminal;
    private final @Nullable String url;
    private final boolean json;

    Aside(Terminal terminal, @Nullable String url, boolean json) {
        this.terminal = terminal;
        this.url = url;
        this.json = json;
    }

    int show(Path file, @Nullable String table, boolean values, @Nullable Path out) {
        MigrationPlan plan = MoveTarget.plan(terminal, file, url);
        requireKnown(plan, table);
        if (out != null) {
            return write(plan, table, out, file);
        }
        if (json) {
            each(
                    plan,
                    table,
                    row ->
                            terminal.out()
                                    .println((values ? row.toJson() : row.toOutline()).text()));
            return ExitCode.OK;
        }
        Layout layout = opened(plan);
        long rows = each(plan, table, row -> print(layout, row, values));
        layout.line("");
        layout.line(
                rows == 0
                        ? "No row is in quarantine."
                        : Layout.counted(rows, "row")
                                + " in quarantine. Next: "
                                + terminal.command()
                                + " quarantine --plan "
                                + Printable.line(file.toString())
                                + " --out rows.json");
        layout.line("");
        return ExitCode.OK;
    }

    private static void requireKnown(MigrationPlan plan, @Nullable String table) {
        if (table != null && plan.tables().stream().noneMatch(t -> t.name().equals(table))) {
            throw new RefusedException(
                    "The plan has no table '" + Printable.line(table) + "'.",
                    "Name a table as the source does.",
                    null);
        }
    }

    private static long each(
            MigrationPlan plan, @Nullable String table, Consumer<QuarantinedRow> reader) {
        long[] rows = {0};
        Migration.quarantine(
                plan,
                row -> {
                    if (table == null || row.table().equals(table)) {
                        reader.accept(row);
                        rows[0]++;
                    }
                });
        return rows[0];
    }

    private static void print(Layout layout, QuarantinedRow row, boolean values) {
        layout.heading(row.table() + "  " + row.key());
        layout.field("Reason", row.reason());
        for (QuarantinedRow.Dependence one : row.dependsOn()) {
            layout.field(
                    "Depends on",
                    one.table()
                            + " ("
                            + String.join(", ", one.columns())
                            + ")"
                            + (one.quarantined() ? ", in quarantine, too" : ""));
        }
        Json cells = row.toJson().at("/cells").orElseThrow();
        if (values && cells.toJava() instanceof Map<?, ?> map) {
            map.forEach(
                    (column, cell) -> layout.field(String.valueOf(column), Json.from(cell).text()));
        } else {
            row.outlines().forEach(layout::field);
        }
    }

    private int write(MigrationPlan plan, @Nullable String table, Path out, Path file) {
        long rows;
        try (RowsFile to = new RowsFile(out, plan.id())) {
            rows = each(plan, table, to::add);
            to.end();
        } catch (IOException e) {
            throw new RefusedException(
                    out + " cannot be written: " + e.getClass().getSimpleName() + ".",
                    "Name a file that is not there yet with --out.",
                    e);
        }
        if (json) {
            terminal.out()
                    .println(
                            Json.from(
                                            Map.of(
                                                    "file",
                                                    out.toAbsolutePath().normalize().toString(),
                                                    "rows",
                                                    rows))
                                    .text());
            return ExitCode.OK;
        }
        Layout layout = opened(plan);
        layout.field("Written", out.toAbsolutePath().normalize() + " (made just now)");
        layout.field("Rows", Layout.counted(rows, "row"));
        layout.line("");
        layout.line(
                "Repair them, leave out those that stay. Next: "
                        + terminal.command()
                        + " fix --plan "
                        + Printable.line(file.toString())
                        + " --rows "
                        + Printable.line(out.toString()));
        layout.line("");
        return ExitCode.OK;
    }

    int fix(Path file, Path rows) {
        MigrationPlan plan = MoveTarget.plan(terminal, file, url);
        FixReport report =
                Migration.fix(
                        plan,
                        MoveTarget.json(rows, "Name the file that 'storage quarantine' wrote."));
        if (json) {
            terminal.out().println(report.toJson().text());
        } else {
            print(plan, report);
        }
        return report.applied() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void print(MigrationPlan plan, FixReport report) {
        Layout layout = opened(plan);
        for (FixReport.Refused row : report.refused()) {
            layout.heading(row.table() + "  " + row.key());
            layout.field("Reason", row.reason());
        }
        if (!report.applied()) {
            layout.line("");
            layout.line("Nothing was changed: these rows cannot go, so none of the file did.");
        } else {
            layout.field("Repaired", Layout.counted(report.repaired(), "row"));
            layout.field("With them", Layout.counted(report.followed(), "row"));
            layout.field("Before", Layout.counted(report.before(), "row"));
        }
        layout.field("In quarantine", Layout.counted(report.remaining(), "row"));
        layout.line("");
    }

    int forget(Path file) {
        MigrationPlan plan = MoveTarget.plan(terminal, file, url);
        long dropped = Migration.forget(plan);
        if (json) {
            terminal.out().println(Json.from(Map.of("dropped", dropped)).text());
            return ExitCode.OK;
        }
        Layout layout = opened(plan);
        layout.field("Dropped", Layout.counted(dropped, "original") + " and rows in quarantine");
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

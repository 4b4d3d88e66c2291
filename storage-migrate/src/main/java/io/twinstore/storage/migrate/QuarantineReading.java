package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.QuarantinedRow.Dependence;
import io.twinstore.storage.migrate.TablePlan.ForeignKeyPlan;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Goes through the rows in quarantine, table by table, and says what each refers to. */
final class QuarantineReading {

    private final MigrationPlan plan;
    private final Ledger ledger;

    /** Of the rows in quarantine, the values that others refer to, by table and columns. */
    private final Map<String, Set<String>> aside = new HashMap<>();

    QuarantineReading(MigrationPlan plan, Ledger ledger) {
        this.plan = plan;
        this.ledger = ledger;
    }

    /** Returns how many there were. */
    long each(Consumer<QuarantinedRow> reader) throws SQLException, IOException {
        long[] rows = {0};
        for (TablePlan table : plan.tables()) {
            if (ledger.quarantined(table) == 0) {
                continue;
            }
            for (ForeignKeyPlan key : table.foreignKeys()) {
                remember(key);
            }
            ledger.kept()
                    .eachQuarantined(
                            table,
                            row -> {
                                reader.accept(
                                        new QuarantinedRow(
                                                table,
                                                row.key(),
                                                row.cells(),
                                                row.reason(),
                                                dependences(table, row.cells())));
                                rows[0]++;
                            });
        }
        return rows[0];
    }

    private void remember(ForeignKeyPlan key) throws SQLException, IOException {
        TablePlan parent = Quarantine.table(plan, key.parent());
        List<String> columns = Finishing.parentColumns(parent, key);
        Set<String> values = new HashSet<>();
        if (aside.putIfAbsent(place(parent, columns), values) != null
                || ledger.quarantined(parent) == 0) {
            return;
        }
        ledger.kept()
                .eachQuarantined(parent, row -> values.add(digest(parent, columns, row.cells())));
    }

    private static String place(TablePlan table, List<String> columns) {
        return table.name() + columns;
    }

    private static String digest(TablePlan table, List<String> columns, List<Cell> cells) {
        return KeptCells.digest(picked(table, columns, cells));
    }

    private static List<Cell> picked(TablePlan table, List<String> columns, List<Cell> cells) {
        return columns.stream().map(column -> cells.get(table.indexOf(column))).toList();
    }

    private List<Dependence> dependences(TablePlan table, List<Cell> cells) {
        List<Dependence> found = new ArrayList<>();
        for (ForeignKeyPlan key : table.foreignKeys()) {
            if (picked(table, key.columns(), cells).stream().noneMatch(Cell::isNull)) {
                TablePlan parent = Quarantine.table(plan, key.parent());
                String place = place(parent, Finishing.parentColumns(parent, key));
                found.add(
                        new Dependence(
                                parent.name(),
                                key.columns(),
                                aside.getOrDefault(place, Set.of())
                                        .contains(digest(table, key.columns(), cells))));
            }
        }
        return found;
    }
}

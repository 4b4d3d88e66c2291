package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.TablePlan.ForeignKeyPlan;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the rows in quarantine that lacked a row which is there now. */
final class Followers {

    private static final String LACKING = "foreign key ";

    private final MigrationPlan plan;
    private final Ledger ledger;

    /** What was loaded, as the foreign keys of others refer to it, by table and foreign key. */
    private final Map<String, Set<String>> there = new HashMap<>();

    Followers(MigrationPlan plan, Ledger ledger) {
        this.plan = plan;
        this.ledger = ledger;
    }

    /** A row that may go now. */
    record Row(List<Cell> key, List<Cell> cells) {}

    void loaded(TablePlan table, List<byte @Nullable []> fields) {
        for (TablePlan child : plan.tables()) {
            for (ForeignKeyPlan key : child.foreignKeys()) {
                if (key.parent().equals(table.name())) {
                    there.computeIfAbsent(place(child, key), place -> new HashSet<>())
                            .add(picked(table, Finishing.parentColumns(table, key), fields));
                }
            }
        }
    }

    private static String place(TablePlan table, ForeignKeyPlan key) {
        return table.name() + " " + key.name();
    }

    /** Both sides of a foreign key are of one type in the target, so their fields are alike. */
    private static String picked(
            TablePlan table, List<String> columns, List<byte @Nullable []> fields) {
        List<Cell> picked = new ArrayList<>();
        for (String column : columns) {
            byte[] field = fields.get(table.indexOf(column));
            picked.add(field == null ? Cell.NULL : Cell.of(Cell.Kind.BLOB, field));
        }
        return KeptCells.digest(picked);
    }

    /** Returns the tables that may have such rows. */
    List<TablePlan> tables() {
        return plan.tables().stream()
                .filter(
                        table ->
                                table.foreignKeys().stream()
                                        .anyMatch(key -> there.containsKey(place(table, key))))
                .toList();
    }

    List<Row> of(TablePlan table) throws SQLException, IOException {
        RowFields fields = new RowFields(table);
        List<Row> found = new ArrayList<>();
        ledger.kept()
                .scanQuarantined(
                        table,
                        row -> {
                            if (row.reason().startsWith(LACKING)
                                    && isThere(table, fields.of(row.cells()))) {
                                found.add(new Row(row.key(), row.cells()));
                            }
                        });
        return found;
    }

    private boolean isThere(TablePlan table, List<byte @Nullable []> fields) {
        return table.foreignKeys().stream()
                .anyMatch(
                        key ->
                                there.getOrDefault(place(table, key), Set.of())
                                        .contains(picked(table, key.columns(), fields)));
    }
}

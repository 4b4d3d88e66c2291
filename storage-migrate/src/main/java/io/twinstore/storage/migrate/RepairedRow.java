package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A row of a file that somebody edited.
 *
 * @param table whose it is
 * @param key what it is found by
 * @param cells its cells by column; a column that is not there stays as it was
 */
record RepairedRow(TablePlan table, List<Cell> key, Map<String, Cell> cells) {

    static final int FORMAT = 1;

    /**
     * Reads the rows of a file.
     *
     * @throws InvalidValueException when the file holds none of this plan's
     */
    static List<RepairedRow> all(Json json, MigrationPlan plan) {
        PlanFields fields = PlanFields.of("rows", json);
        if (fields.number("format") != FORMAT) {
            throw new InvalidValueException(
                    "rows.format",
                    FORMAT + ", which this version writes",
                    String.valueOf(fields.number("format")));
        }
        if (!fields.text("move").equals(plan.id())) {
            throw new InvalidValueException(
                    "rows.move", "the plan's id " + plan.id(), fields.text("move"));
        }
        List<RepairedRow> rows = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (PlanFields row : fields.objects("rows")) {
            String path = "rows[" + rows.size() + "]";
            RepairedRow read = row(path, row, plan);
            if (!known.add(read.table.name() + ":" + KeptCells.digest(read.key))) {
                throw new InvalidValueException(path, "in the file once", null);
            }
            rows.add(read);
        }
        return rows;
    }

    private static RepairedRow row(String path, PlanFields fields, MigrationPlan plan) {
        String name = fields.text("table");
        TablePlan table =
                plan.tables().stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new InvalidValueException(
                                                path + ".table", "one of the plan", name));
        List<Cell> key = new ArrayList<>();
        for (PlanFields cell : fields.objects("key")) {
            key.add(CellJson.cell(path + ".key", cell));
        }
        Map<String, Cell> cells = new LinkedHashMap<>();
        PlanFields columns = fields.object("cells");
        for (String column : columns.names()) {
            String at = path + ".cells." + column;
            if (table.columns().stream().noneMatch(known -> known.name().equals(column))) {
                throw new InvalidValueException(at, "a column of " + name, null);
            }
            cells.put(column, CellJson.cell(at, columns.object(column)));
        }
        return new RepairedRow(table, key, cells);
    }

    String shownKey() {
        return QuarantinedRow.shown(key);
    }
}

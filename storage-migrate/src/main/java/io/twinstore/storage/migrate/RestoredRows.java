package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of the source from what the target has of them, with the residue put in its place. */
final class RestoredRows {

    private final TablePlan table;
    private final LargeFields large;
    private final Ledger ledger;
    private final boolean residue;
    private final boolean repairs;
    private final List<Codec> keyCodecs;
    private final List<Codec> codecs;

    /**
     * @param repaired whether a repaired cell stays so; otherwise it is what the source has
     */
    RestoredRows(MigrationPlan plan, TablePlan table, Ledger ledger, boolean repaired)
            throws SQLException {
        this.table = table;
        large = new LargeFields(plan.schema(), table);
        this.ledger = ledger;
        residue = ledger.residue(table) > 0;
        repairs = !repaired && new Repairs(ledger).count(table) > 0;
        keyCodecs = Quarantine.keyCodecs(table);
        codecs = table.columns().stream().map(ColumnPlan::how).toList();
    }

    /**
     * Returns the query for keys and columns, in the order of the key, with the row's place first
     * where it has large fields.
     *
     * @param where which rows, as {@code where …}; empty for all
     */
    static String sql(MigrationPlan plan, TablePlan table, String where) {
        LargeFields large = new LargeFields(plan.schema(), table);
        return "select "
                + large.place()
                + ", "
                + Sql.list(Quarantine.keyColumns(table))
                + ", "
                + large.fields()
                + " from "
                + Sql.quoted(plan.schema(), table.target())
                + " t"
                + (where.isEmpty() ? "" : " " + where)
                + " order by "
                + Quarantine.keys(table, "t");
    }

    /** Returns the rows that stand behind what that query gave. */
    List<TargetRow> of(List<List<byte @Nullable []>> read) throws SQLException, IOException {
        List<List<Cell>> keys = new ArrayList<>(read.size());
        for (List<byte @Nullable []> row : read) {
            keys.add(cells(keyCodecs, row.subList(1, 1 + keys()), Map.of()));
        }
        List<String> digests = residue ? keys.stream().map(KeptCells::digest).toList() : List.of();
        Map<String, Map<String, KeptCells.Original>> originals =
                digests.isEmpty() ? Map.of() : ledger.kept().residue(table, digests);
        Map<String, Map<String, KeptCells.Original>> before =
                repairs ? ledger.kept().repairs(table, digests) : Map.of();
        List<TargetRow> rows = new ArrayList<>(read.size());
        for (int i = 0; i < read.size(); i++) {
            List<byte @Nullable []> row = read.get(i);
            List<byte @Nullable []> fields = row.subList(1 + keys(), row.size());
            Map<Integer, LargeBytes> left = large.at(row.get(0), ledger::target);
            List<Cell> cells = cells(codecs, fields, left);
            if (residue) {
                restore(cells, fields, left, originals.getOrDefault(digests.get(i), Map.of()));
                restore(cells, fields, left, before.getOrDefault(digests.get(i), Map.of()));
            }
            rows.add(new TargetRow(keys.get(i), cells));
        }
        return rows;
    }

    private int keys() {
        return keyCodecs.size();
    }

    /** Returns the cells that fields stand for, and large ones that were left out of them. */
    static List<Cell> cells(
            List<Codec> codecs, List<byte @Nullable []> fields, Map<Integer, LargeBytes> left)
            throws SQLException, IOException {
        List<Cell> cells = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            byte[] field = fields.get(i);
            cells.add(field == null ? Cell.NULL : codecs.get(i).read(field));
        }
        for (Map.Entry<Integer, LargeBytes> field : left.entrySet()) {
            cells.set(field.getKey(), codecs.get(field.getKey()).readLarge(field.getValue()));
        }
        return cells;
    }

    private void restore(
            List<Cell> cells,
            List<byte @Nullable []> fields,
            Map<Integer, LargeBytes> left,
            Map<String, KeptCells.Original> originals) {
        originals.forEach(
                (column, original) -> {
                    int at = table.indexOf(column);
                    LargeBytes field = left.get(at);
                    if (field == null
                            ? original.standsFor(fields.get(at))
                            : original.standsForLarge(field)) {
                        cells.set(at, original.cell());
                    }
                });
    }
}

package io.twinstore.storage.migrate;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of the source from what the target has of them, with the residue put in its place. */
final class RestoredRows {

    private final TablePlan table;
    private final Ledger ledger;
    private final boolean residue;
    private final boolean repairs;
    private final List<Codec> keyCodecs;
    private final List<Codec> codecs;

    /**
     * @param repaired whether a repaired cell stays so; otherwise it is what the source has
     */
    RestoredRows(TablePlan table, Ledger ledger, boolean repaired) throws SQLException {
        this.table = table;
        this.ledger = ledger;
        residue = ledger.residue(table) > 0;
        repairs = !repaired && new Repairs(ledger).count(table) > 0;
        keyCodecs = Quarantine.keyCodecs(table);
        codecs = table.columns().stream().map(ColumnPlan::how).toList();
    }

    /**
     * Returns the query for keys and columns, in the order of the key.
     *
     * @param where which rows, as {@code where …}; empty for all
     */
    static String sql(MigrationPlan plan, TablePlan table, String where) {
        List<String> columns = new ArrayList<>(Quarantine.keyColumns(table));
        table.columns().forEach(column -> columns.add(column.target()));
        return "select "
                + Sql.list(columns)
                + " from "
                + Sql.quoted(plan.schema(), table.target())
                + (where.isEmpty() ? "" : " " + where)
                + " order by "
                + Sql.list(Quarantine.keyColumns(table));
    }

    /** Returns the rows that stand behind what that query gave. */
    List<TargetRow> of(List<List<byte @Nullable []>> read) throws SQLException {
        List<List<Cell>> keys =
                read.stream().map(row -> cells(keyCodecs, row.subList(0, keys()))).toList();
        List<String> digests = residue ? keys.stream().map(KeptCells::digest).toList() : List.of();
        Map<String, Map<String, KeptCells.Original>> originals =
                digests.isEmpty() ? Map.of() : ledger.kept().residue(table, digests);
        Map<String, Map<String, KeptCells.Original>> before =
                repairs ? ledger.kept().repairs(table, digests) : Map.of();
        List<TargetRow> rows = new ArrayList<>(read.size());
        for (int i = 0; i < read.size(); i++) {
            List<byte @Nullable []> fields = read.get(i).subList(keys(), read.get(i).size());
            List<Cell> cells = cells(codecs, fields);
            if (residue) {
                restore(cells, fields, originals.getOrDefault(digests.get(i), Map.of()));
                restore(cells, fields, before.getOrDefault(digests.get(i), Map.of()));
            }
            rows.add(new TargetRow(keys.get(i), cells));
        }
        return rows;
    }

    private int keys() {
        return keyCodecs.size();
    }

    private static List<Cell> cells(List<Codec> codecs, List<byte @Nullable []> fields) {
        List<Cell> cells = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            byte[] field = fields.get(i);
            cells.add(field == null ? Cell.NULL : codecs.get(i).read(field));
        }
        return cells;
    }

    private void restore(
            List<Cell> cells,
            List<byte @Nullable []> fields,
            Map<String, KeptCells.Original> originals) {
        originals.forEach(
                (column, original) -> {
                    int at = table.indexOf(column);
                    if (original.standsFor(fields.get(at))) {
                        cells.set(at, original.cell());
                    }
                });
    }
}

package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a table of the target in the order of its key, with the residue put in its place. */
final class TargetRows implements AutoCloseable {

    private static final int AT_ONCE = 1_000;
    private static final long MOST_BYTES = 16_000_000;

    private final TablePlan table;
    private final BinaryRows rows;
    private final Ledger ledger;
    private final boolean residue;
    private final boolean repairs;
    private final List<Codec> keyCodecs;
    private final List<Codec> codecs;
    private final Deque<TargetRow> ready = new ArrayDeque<>();

    /**
     * @param reading a connection that does nothing else meanwhile
     * @param ledger on another connection
     */
    TargetRows(MigrationPlan plan, TablePlan table, Target reading, Ledger ledger)
            throws SQLException, IOException {
        this(plan, table, reading, ledger, false);
    }

    /**
     * @param repaired whether a repaired cell stays so; otherwise it is what the source has
     */
    TargetRows(MigrationPlan plan, TablePlan table, Target reading, Ledger ledger, boolean repaired)
            throws SQLException, IOException {
        this.table = table;
        this.ledger = ledger;
        residue = ledger.residue(table) > 0;
        repairs = !repaired && new Repairs(ledger).count(table) > 0;
        keyCodecs = Quarantine.keyCodecs(table);
        codecs = table.columns().stream().map(ColumnPlan::how).toList();
        List<String> columns = new ArrayList<>(Quarantine.keyColumns(table));
        table.columns().forEach(column -> columns.add(column.target()));
        rows =
                BinaryRows.of(
                        reading,
                        "select "
                                + Sql.list(columns)
                                + " from "
                                + Sql.quoted(plan.schema(), table.target())
                                + " order by "
                                + Sql.list(Quarantine.keyColumns(table)));
    }

    /** Returns the next row, or null after the last one. */
    @Nullable TargetRow next() throws SQLException, IOException {
        if (ready.isEmpty()) {
            fill();
        }
        return ready.poll();
    }

    /** Reads some rows ahead, so that their residue is asked for together. */
    private void fill() throws SQLException, IOException {
        List<List<byte @Nullable []>> read = new ArrayList<>();
        List<List<Cell>> keys = new ArrayList<>();
        long bytes = 0;
        while (read.size() < AT_ONCE && bytes < MOST_BYTES) {
            List<byte @Nullable []> row = rows.next();
            if (row == null) {
                break;
            }
            read.add(row);
            keys.add(cells(keyCodecs, row.subList(0, keyCodecs.size())));
            for (byte[] field : row) {
                bytes += field == null ? 0 : field.length;
            }
        }
        List<String> digests = residue ? keys.stream().map(KeptCells::digest).toList() : List.of();
        Map<String, Map<String, KeptCells.Original>> originals =
                digests.isEmpty() ? Map.of() : ledger.kept().residue(table, digests);
        Map<String, Map<String, KeptCells.Original>> before =
                repairs ? ledger.kept().repairs(table, digests) : Map.of();
        for (int i = 0; i < read.size(); i++) {
            List<byte @Nullable []> fields =
                    read.get(i).subList(keyCodecs.size(), read.get(i).size());
            List<Cell> cells = cells(codecs, fields);
            if (residue) {
                restore(cells, fields, originals.getOrDefault(digests.get(i), Map.of()));
                restore(cells, fields, before.getOrDefault(digests.get(i), Map.of()));
            }
            ready.add(new TargetRow(keys.get(i), cells));
        }
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

    @Override
    public void close() throws IOException, SQLException {
        rows.close();
    }
}

package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.FixReport.Refused;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loads repaired rows, and those that were in quarantine only because of them, in one transaction:
 * all of the file's, or none.
 *
 * <p>Rows may come in any order: one whose parent is not there yet waits until the others are. Two
 * that refer to each other cannot go, since neither is there for the other.
 */
final class Replay {

    private final MigrationPlan plan;
    private final Target target;
    private final Ledger ledger;
    private final Repairs repairs;
    private final Followers followers;
    private final AfterReplay after;
    private final Map<String, RowLoad> loads = new HashMap<>();
    private final List<Refused> refused = new ArrayList<>();
    private long repaired;
    private long followed;
    private long before;

    Replay(MigrationPlan plan, Target target, Ledger ledger) {
        this.plan = plan;
        this.target = target;
        this.ledger = ledger;
        repairs = new Repairs(ledger);
        followers = new Followers(plan, ledger);
        after = new AfterReplay(plan, target);
    }

    /** Takes everything back. */
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A row that is to go.
     *
     * @param original what the source has
     * @param cells what it is to have
     */
    private record Waiting(TablePlan table, List<Cell> key, List<Cell> original, List<Cell> cells) {

        Refused refused(String reason) {
            return new Refused(table.name(), QuarantinedRow.shown(key), reason);
        }
    }

    FixReport run(List<RepairedRow> rows) throws SQLException, IOException {
        try {
            target.transaction(
                    () -> {
                        replay(rows);
                        if (!refused.isEmpty()) {
                            throw new TakenBack();
                        }
                        follow();
                        after.run();
                    });
        } catch (TakenBack e) {
            repaired = 0;
        }
        long remaining = 0;
        for (TablePlan table : plan.tables()) {
            remaining += ledger.quarantined(table);
        }
        return new FixReport(repaired, followed, before, remaining, refused);
    }

    private void replay(List<RepairedRow> rows) throws SQLException {
        List<Waiting> waiting = new ArrayList<>();
        for (RepairedRow row : rows) {
            waiting(row).ifPresent(waiting::add);
        }
        List<Refused> missing = new ArrayList<>();
        boolean any = true;
        while (any && !waiting.isEmpty()) {
            any = false;
            missing.clear();
            List<Waiting> next = new ArrayList<>();
            for (Waiting row : waiting) {
                Optional<RowLoad.Refusal> refusal = load(row);
                if (refusal.isEmpty()) {
                    any = true;
                    repaired++;
                } else if (refusal.get().waits()) {
                    next.add(row);
                    missing.add(row.refused(refusal.get().reason()));
                } else {
                    refused.add(row.refused(refusal.get().reason()));
                }
            }
            waiting = next;
        }
        refused.addAll(missing);
    }

    /** Returns the row as it is to go; empty where it went before or cannot go. */
    private Optional<Waiting> waiting(RepairedRow row) throws SQLException {
        TablePlan table = row.table();
        String digest = KeptCells.digest(row.key());
        List<Cell> original = ledger.kept().quarantine(table, List.of(digest)).get(digest);
        if (original == null) {
            String reason = absent(row);
            if (reason != null) {
                refused.add(new Refused(table.name(), row.shownKey(), reason));
            }
            return Optional.empty();
        }
        List<Cell> cells = new ArrayList<>(original);
        row.cells().forEach((column, cell) -> cells.set(table.indexOf(column), cell));
        Waiting waiting = new Waiting(table, row.key(), original, cells);
        for (String column : table.key()) {
            int at = table.indexOf(column);
            if (!cells.get(at).equals(original.get(at))) {
                refused.add(
                        waiting.refused(
                                "column "
                                        + column
                                        + " is of the key by which the row is found on both sides,"
                                        + " and has to stay as it is"));
                return Optional.empty();
            }
        }
        return Optional.of(waiting);
    }

    /** Returns what is wrong with a row that is not in quarantine, null if it went like this. */
    private @Nullable String absent(RepairedRow row) throws SQLException {
        byte[] digest = repairs.cellsDigest(row.table(), row.key());
        if (digest == null) {
            return "it is not in quarantine";
        }
        // A file names all columns, or the cells that it leaves out cannot be told any more.
        List<Cell> cells =
                row.table().columns().stream()
                        .map(column -> row.cells().getOrDefault(column.name(), Cell.NULL))
                        .toList();
        if (row.cells().size() == cells.size()
                && !Arrays.equals(digest, CellList.digest(CellList.encode(cells)))) {
            return "it went before, with other cells; change it in the target";
        }
        before++;
        return null;
    }

    private Optional<RowLoad.Refusal> load(Waiting row) throws SQLException {
        RowLoad load =
                loads.computeIfAbsent(
                        row.table.name(), name -> new RowLoad(plan, target, row.table));
        List<byte @Nullable []> fields = load.fields(row.cells);
        Optional<RowLoad.Refusal> refusal = load.load(row.key, row.cells, fields);
        if (refusal.isEmpty()) {
            keep(row, fields);
            followers.loaded(row.table, fields);
            after.loaded(row.table, row.cells);
        }
        return refusal;
    }

    private void keep(Waiting row, List<byte @Nullable []> fields) throws SQLException {
        CopiedBatch batch = new CopiedBatch(0);
        for (int i = 0; i < fields.size(); i++) {
            ColumnPlan column = row.table.columns().get(i);
            Cell cell = row.cells.get(i);
            byte[] field = fields.get(i);
            boolean comesBack =
                    field == null ? cell.isNull() : column.how().read(field).equals(cell);
            if (!comesBack) {
                batch.residue(row.key, column.name(), cell, KeptCells.fingerprint(field));
            }
            if (!cell.equals(row.original.get(i))) {
                repairs.keep(row.table, row.key, column.name(), row.original.get(i), field);
            }
        }
        ledger.write(row.table, batch);
        repairs.replayed(row.table, row.key, row.cells);
    }

    private void follow() throws SQLException, IOException {
        boolean any = true;
        while (any) {
            any = false;
            for (TablePlan table : followers.tables()) {
                for (Followers.Row row : followers.of(table)) {
                    if (load(new Waiting(table, row.key(), row.cells(), row.cells())).isEmpty()) {
                        followed++;
                        any = true;
                    }
                }
            }
        }
    }
}

package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.VerifyReport.TableProof;
import java.io.IOException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads both sides of a table anew, in the order of the key, and compares each row. The digests are
 * over keys and cells with their types and lengths: of the source, and of what target, residue and
 * quarantine give back.
 */
final class Comparison {

    private static final int AT_ONCE = 1_000;
    private static final long MOST_BYTES = 16_000_000;
    private static final int MOST_DIFFERENCES = 10;

    private final TablePlan table;
    private final Ledger ledger;
    private final ReadAhead source;
    private final TargetRows target;
    private final MigrationListener listener;
    private final boolean quarantined;
    private final Deque<SourceRow> ahead = new ArrayDeque<>();
    private Map<String, List<Cell>> aside = Map.of();
    private final MessageDigest sourceDigest = CellList.sha256();
    private final MessageDigest targetDigest = CellList.sha256();
    private final List<String> differences = new ArrayList<>();
    private long different;
    private long sourceRows;
    private long targetRows;
    private long asideRows;

    private Comparison(
            TablePlan table,
            Ledger ledger,
            ReadAhead source,
            TargetRows target,
            MigrationListener listener)
            throws SQLException {
        this.listener = listener;
        this.table = table;
        this.ledger = ledger;
        this.source = source;
        this.target = target;
        this.quarantined = ledger.quarantined(table) > 0;
    }

    static TableProof of(
            MigrationPlan plan,
            TablePlan table,
            Connection source,
            Target reading,
            Ledger ledger,
            MigrationListener listener)
            throws SQLException, IOException {
        try (ReadAhead from = new ReadAhead(SourceRows.of(source, table));
                TargetRows to = new TargetRows(plan, table, reading, ledger)) {
            return new Comparison(table, ledger, from, to, listener).proof();
        }
    }

    /**
     * Returns which tables were not read as the plan counted them. What the copy passes over, a
     * comparison that reads as the copy does would pass over, too; the plan counts another way.
     */
    static List<String> miscounted(MigrationPlan plan, List<TableProof> proofs) {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < proofs.size(); i++) {
            long counted = plan.tables().get(i).rows();
            long read = proofs.get(i).sourceRows();
            if (read != counted) {
                faults.add(
                        "table "
                                + proofs.get(i).table()
                                + ": "
                                + read
                                + " rows of the source were read, and the plan counted "
                                + counted);
            }
        }
        return faults;
    }

    private TableProof proof() throws SQLException, IOException {
        TargetRow there = nextTarget();
        for (SourceRow row = nextSource(); row != null; row = nextSource()) {
            add(sourceDigest, row.key(), row.cells());
            List<Cell> kept = aside.get(quarantined ? KeptCells.digest(row.key()) : "");
            while (there != null && order(there.key(), row.key()) < 0) {
                onlyThere(there);
                there = nextTarget();
            }
            boolean found = there != null && order(there.key(), row.key()) == 0;
            if (kept != null) {
                asideRows++;
                same(row, kept, "the quarantine");
                if (found) {
                    differ("row " + shown(row.key()) + " is in quarantine, and in the target, too");
                    there = nextTarget();
                }
            } else if (there != null && found) {
                same(row, there.cells(), "the target");
                there = nextTarget();
            } else {
                differ("row " + shown(row.key()) + " is missing in the target");
            }
        }
        while (there != null) {
            onlyThere(there);
            there = nextTarget();
        }
        return new TableProof(
                table.name(),
                sourceRows,
                targetRows,
                asideRows,
                ledger.residue(table),
                HexFormat.of().formatHex(sourceDigest.digest()),
                HexFormat.of().formatHex(targetDigest.digest()),
                different,
                differences,
                Duration.ZERO);
    }

    private @Nullable SourceRow nextSource() throws SQLException, IOException {
        if (ahead.isEmpty()) {
            listener.passed(table.name(), sourceRows, table.rows());
            long bytes = 0;
            while (ahead.size() < AT_ONCE && bytes < MOST_BYTES) {
                SourceRow row = source.next();
                if (row == null) {
                    break;
                }
                ahead.add(row);
                bytes += row.held();
            }
            if (quarantined && !ahead.isEmpty()) {
                aside =
                        ledger.kept()
                                .quarantine(
                                        table,
                                        ahead.stream()
                                                .map(row -> KeptCells.digest(row.key()))
                                                .toList());
            }
        }
        SourceRow row = ahead.poll();
        sourceRows += row == null ? 0 : 1;
        return row;
    }

    private @Nullable TargetRow nextTarget() throws SQLException, IOException {
        TargetRow row = target.next();
        targetRows += row == null ? 0 : 1;
        return row;
    }

    private static void add(MessageDigest digest, List<Cell> key, List<Cell> cells) {
        key.forEach(cell -> cell.addTo(digest));
        cells.forEach(cell -> cell.addTo(digest));
    }

    private void same(SourceRow row, List<Cell> cells, String where) {
        add(targetDigest, row.key(), cells);
        if (row.cells().equals(cells)) {
            return;
        }
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).equals(row.cells().get(i))) {
                differ(
                        "row "
                                + shown(row.key())
                                + ", column "
                                + table.columns().get(i).name()
                                + ": the source has "
                                + row.cells().get(i).outline()
                                + ", "
                                + where
                                + " "
                                + cells.get(i).outline());
                return;
            }
        }
    }

    private void onlyThere(TargetRow row) {
        add(targetDigest, row.key(), row.cells());
        differ("row " + shown(row.key()) + " is in the target alone");
    }

    private void differ(String what) {
        different++;
        if (differences.size() < MOST_DIFFERENCES) {
            differences.add(what);
        }
    }

    private static String shown(List<Cell> key) {
        return String.join(", ", key.stream().map(Cell::shown).toList());
    }

    /** As both databases order: numbers by value, text and blobs by bytes, NULL last. */
    private static int order(List<Cell> one, List<Cell> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = order(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int order(Cell one, Cell other) {
        if (one.isNull() || other.isNull()) {
            return Boolean.compare(one.isNull(), other.isNull());
        }
        return one.kind() == Cell.Kind.INTEGER
                ? Long.compare(one.asLong(), other.asLong())
                : Arrays.compareUnsigned(one.bytes(), other.bytes());
    }
}

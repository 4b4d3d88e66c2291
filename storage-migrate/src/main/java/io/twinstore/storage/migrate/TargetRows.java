package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a table of the target in the order of its key, with the residue put in its place. */
final class TargetRows implements AutoCloseable {

    private static final int AT_ONCE = 1_000;
    private static final long MOST_BYTES = 16_000_000;

    private final BinaryRows rows;
    private final RestoredRows restored;
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
        restored = new RestoredRows(plan, table, ledger, repaired);
        rows = BinaryRows.of(reading, RestoredRows.sql(plan, table, ""));
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
        long bytes = 0;
        while (read.size() < AT_ONCE && bytes < MOST_BYTES) {
            List<byte @Nullable []> row = rows.next();
            if (row == null) {
                break;
            }
            read.add(row);
            for (byte[] field : row) {
                bytes += field == null ? 0 : field.length;
            }
        }
        ready.addAll(restored.of(read));
    }

    @Override
    public void close() throws IOException, SQLException {
        rows.close();
    }
}

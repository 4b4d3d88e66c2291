package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Copies one table from where it stopped. The rows of a batch, what is written down of them, and
 * how far the table is, are one transaction: whatever stops it, no row is lost or there twice.
 *
 * <p>A batch that the target refuses is tried again in smaller ones, down to single rows, so that
 * just the rows that cannot go are put into quarantine.
 */
final class TableCopy {

    /** Cells that are written down wait in memory for the commit. */
    private static final long MOST_BYTES = 16_000_000;

    private static final int SMALLER = 10;

    private final Connection source;
    private final Target target;
    private final Ledger ledger;
    private final MigrationPlan plan;
    private final TablePlan table;
    private final MigrationListener listener;
    private final List<Codec> codecs;
    private final String into;
    private Ledger.Done done = new Ledger.Done(0, List.of(), 0);

    TableCopy(
            Connection source,
            Target target,
            Ledger ledger,
            MigrationPlan plan,
            TablePlan table,
            MigrationListener listener) {
        this.source = source;
        this.target = target;
        this.ledger = ledger;
        this.plan = plan;
        this.table = table;
        this.listener = listener;
        codecs = table.columns().stream().map(ColumnPlan::how).toList();
        List<String> columns = new ArrayList<>();
        if (table.rowColumn() != null) {
            columns.add(table.rowColumn());
        }
        table.columns().forEach(column -> columns.add(column.target()));
        into =
                "copy "
                        + Sql.quoted(plan.schema(), table.target())
                        + " ("
                        + Sql.list(columns)
                        + ") from stdin (format binary)";
    }

    /**
     * Where a batch was refused.
     *
     * @param until how many rows are done when its last one is
     * @param limit how many rows it had
     */
    private record Careful(long until, int limit) {}

    void run() throws SQLException, IOException {
        done = ledger.done(table);
        int limit = plan.commitRows();
        Deque<Careful> careful = new ArrayDeque<>();
        boolean more = true;
        while (more) {
            while (!careful.isEmpty() && done.rows() >= careful.peek().until()) {
                limit = careful.pop().limit();
            }
            try {
                more = copied(limit);
            } catch (SQLException e) {
                if (!SqlFaults.isOfTheRow(e)) {
                    throw e;
                }
                if (limit == 1) {
                    more = putAside(e);
                } else {
                    careful.push(new Careful(done.rows() + limit, limit));
                    limit = Math.max(1, limit / SMALLER);
                }
            }
        }
    }

    /**
     * Copies batches, to the end or, of a smaller size, just one; returns whether there is more.
     */
    private boolean copied(int limit) throws SQLException, IOException {
        try (ReadAhead rows =
                new ReadAhead(SourceRows.after(source, table, done.order(), done.rows()))) {
            boolean more = true;
            while (more) {
                CopiedBatch batch = new CopiedBatch(done.ranges());
                boolean[] full = {false};
                target.transaction(
                        () -> {
                            full[0] = fill(rows, batch, limit);
                            ledger.write(table, batch);
                        });
                more = full[0];
                if (batch.rows() > 0) {
                    done =
                            new Ledger.Done(
                                    done.rows() + batch.rows(), batch.order(), batch.rangeNumber());
                    listener.committed(table.name(), done.rows(), table.rows());
                }
                if (limit < plan.commitRows()) {
                    return more;
                }
            }
            return false;
        }
    }

    /** Returns whether there may be more rows. */
    private boolean fill(ReadAhead rows, CopiedBatch batch, int limit)
            throws SQLException, IOException {
        BinaryCopy copy = new BinaryCopy(target.copies().copyIn(into));
        try {
            SourceRow row = null;
            while (batch.rows() < limit
                    && batch.bytes() < MOST_BYTES
                    && (row = rows.next()) != null) {
                add(row, copy, batch);
                if (batch.rows() % CopiedBatch.GRAIN == 0) {
                    listener.sent(table.name(), batch.rows());
                }
            }
            batch.endRange();
            copy.end();
            return row != null;
        } finally {
            copy.cancel();
        }
    }

    private void add(SourceRow row, BinaryCopy copy, CopiedBatch batch)
            throws SQLException, IOException {
        CopiedRow fields = CopiedRow.of(codecs, row.cells());
        for (int i = 0; i < codecs.size(); i++) {
            Cell cell = row.cells().get(i);
            ColumnPlan column = table.columns().get(i);
            boolean ofKey = table.key().contains(column.name());
            if ((fields.isNull(i) && column.notNull()) || (ofKey && !fields.comesBack(i))) {
                batch.quarantine(row.key(), row.cells(), unheld(column, cell));
                batch.add(row);
                return;
            }
        }
        for (int i = 0; i < codecs.size(); i++) {
            if (!fields.comesBack(i)) {
                batch.residue(
                        row.key(),
                        table.columns().get(i).name(),
                        row.cells().get(i),
                        fields.fingerprint(i));
            }
        }
        write(row, fields, copy);
        batch.add(row);
    }

    static String unheld(ColumnPlan column, Cell cell) {
        return "column "
                + column.name()
                + ": "
                + (cell.isNull() ? "NULL" : "a cell of type " + cell.kind())
                + " cannot be held as "
                + column.how().type()
                + (column.notNull() ? " not null" : "");
    }

    private void write(SourceRow row, CopiedRow fields, BinaryCopy copy)
            throws SQLException, IOException {
        boolean numbered = table.rowColumn() != null;
        copy.row(codecs.size() + (numbered ? 1 : 0));
        if (numbered) {
            copy.field(row.key().get(0).bytes());
        }
        fields.writeTo(copy);
    }

    /** Puts the next row into quarantine; returns whether there was one. */
    private boolean putAside(SQLException refusal) throws SQLException, IOException {
        try (SourceRows rows = SourceRows.after(source, table, done.order(), done.rows())) {
            SourceRow row = rows.next();
            if (row == null) {
                return false;
            }
            CopiedBatch batch = new CopiedBatch(done.ranges());
            batch.quarantine(row.key(), row.cells(), SqlFaults.reason(refusal));
            batch.add(row);
            batch.endRange();
            target.transaction(() -> ledger.write(table, batch));
            done = new Ledger.Done(done.rows() + 1, row.order(), batch.rangeNumber());
            listener.committed(table.name(), done.rows(), table.rows());
            return true;
        }
    }
}

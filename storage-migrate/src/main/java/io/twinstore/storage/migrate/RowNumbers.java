package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * Numbers for rows that the target added without one: beyond those of the source, so that none
 * takes the place of a row in quarantine.
 */
final class RowNumbers {

    private final boolean numbered;
    private long last;

    RowNumbers(TablePlan table, Ledger ledger) throws SQLException, IOException {
        numbered = table.rowColumn() != null && table.rowid();
        if (numbered && ledger.quarantined(table) > 0) {
            ledger.kept().eachQuarantined(table, row -> seen(row.key().get(0).asLong()));
        }
    }

    private void seen(long number) {
        last = Math.max(last, number);
    }

    List<Cell> of(List<Cell> key) {
        if (!numbered) {
            return key;
        }
        if (!key.get(0).isNull()) {
            seen(key.get(0).asLong());
            return key;
        }
        // Beyond the highest, SQLite chooses one that is free.
        return last == Long.MAX_VALUE ? key : List.of(Cell.integer(++last));
    }
}

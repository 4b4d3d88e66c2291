package io.twinstore.storage.migrate;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** Counts a table's rows, and digests their cells with types and lengths, in the key's order. */
final class TableDigest {

    private final String table;
    private final MessageDigest digest = CellList.sha256();
    private long rows;

    TableDigest(String table) {
        this.table = table;
    }

    /** Reads a table of a SQLite file. */
    static BackupTable of(Connection sqlite, TablePlan table) throws SQLException {
        TableDigest digest = new TableDigest(table.name());
        try (SourceRows rows = SourceRows.of(sqlite, table)) {
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                digest.add(row.cells());
            }
        }
        return digest.result();
    }

    void add(List<Cell> cells) {
        cells.forEach(cell -> cell.addTo(digest));
        rows++;
    }

    BackupTable result() {
        return new BackupTable(table, rows, HexFormat.of().formatHex(digest.digest()));
    }
}

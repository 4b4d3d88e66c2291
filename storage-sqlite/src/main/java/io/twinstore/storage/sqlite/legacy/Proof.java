package io.twinstore.storage.sqlite.legacy;

import io.twinstore.storage.SchemaException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Reads an upgraded file back and compares every cell with the old file's. */
final class Proof {

    private final Path file;
    private final Connection target;

    Proof(Path file, Connection target) {
        this.file = file;
        this.target = target;
    }

    /**
     * @throws SchemaException when a row is missing, or a cell is not given back as it was
     */
    void require(Connection source, SourceTables rows, List<LegacyTable> tables)
            throws SQLException {
        try (Restoring restoring = new Restoring(target)) {
            for (LegacyTable table : tables) {
                requireCount(source, table);
                rows.each(table, row -> requireRow(restoring, table, row));
            }
        }
    }

    private void requireCount(Connection source, LegacyTable table) throws SQLException {
        long made = table.kind() == Kind.CONFIG ? ResidueTable.countMade(target) : 0;
        long expected = Sql.count(source, table.name()) + made;
        if (Sql.count(target, table.kind().table()) != expected) {
            throw failed(table.name(), "not all rows are there");
        }
    }

    private void requireRow(Restoring restoring, LegacyTable table, SourceRow row)
            throws SQLException {
        Map<String, Cell> given =
                restoring
                        .row(table, table.key(row))
                        .orElseThrow(() -> failed(table.name(), "row " + row.rowid() + " is gone"));
        for (Column column : table.columns()) {
            if (!row.cell(column.name()).equals(given.get(column.name()))) {
                throw failed(
                        table.name(),
                        "column " + column.name() + " of row " + row.rowid() + " differs");
            }
        }
    }

    private SchemaException failed(String table, String what) {
        return new SchemaException(
                file
                        + " was not upgraded: read back, the new file is not equal to it: table "
                        + table
                        + ", "
                        + what
                        + ". Nothing was changed.");
    }
}

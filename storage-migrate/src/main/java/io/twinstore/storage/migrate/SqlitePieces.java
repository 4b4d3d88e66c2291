package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Brings large cells into a SQLite file: their pieces go into a temporary table, of which the
 * statement that writes the row makes one value again. The driver would hold what it binds whole,
 * in the heap and outside it.
 */
final class SqlitePieces implements AutoCloseable {

    private static final String MADE =
            "create temp table if not exists twinstore_pieces (cell integer not null, n integer not"
                    + " null, piece blob not null, primary key (cell, n)) without rowid";

    private final Connection sqlite;
    private boolean any;

    SqlitePieces(Connection sqlite) {
        this.sqlite = sqlite;
    }

    /** Returns what stands for a cell in a statement, with the cell's number as its parameter. */
    static String value(Cell cell) {
        return "(select cast(group_concat(piece, '' order by n) as "
                + cell.kind().typeName()
                + ") from temp.twinstore_pieces where cell = ?)";
    }

    void put(int cell, LargeBytes bytes) throws SQLException, IOException {
        if (!any) {
            OwnFile.execute(sqlite, MADE);
            any = true;
        }
        int[] n = {0};
        try (PreparedStatement insert =
                sqlite.prepareStatement("insert into temp.twinstore_pieces values (?, ?, ?)")) {
            bytes.each(
                    piece -> {
                        insert.setInt(1, cell);
                        insert.setInt(2, n[0]++);
                        insert.setBytes(3, piece);
                        insert.executeUpdate();
                    });
        }
    }

    /** Drops the pieces of the row that was written. */
    void clear() throws SQLException {
        if (any) {
            OwnFile.execute(sqlite, "delete from temp.twinstore_pieces");
        }
    }

    @Override
    public void close() throws SQLException {
        if (any) {
            OwnFile.execute(sqlite, "drop table temp.twinstore_pieces");
        }
    }
}

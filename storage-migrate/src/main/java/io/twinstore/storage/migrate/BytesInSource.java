package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** The bytes of a large cell of a SQLite file. */
final class BytesInSource extends LargeBytes {

    /**
     * SQLite reads the whole cell for each piece of it, outside the heap, so that pieces are as
     * large as the heap allows.
     */
    private static final int PIECE =
            (int) Math.min(Runtime.getRuntime().maxMemory() / 5, 128 << 20);

    /** What is handed on at once. */
    private static final int CHUNK = 1 << 18;

    private final Connection source;
    private final String sql;
    private final List<Cell> row;

    /**
     * @param where what names the row, with a parameter for each of its cells as {@link
     *     SourceRows#parameters} has it
     */
    BytesInSource(
            Connection source,
            TablePlan table,
            String column,
            String where,
            List<Cell> row,
            int length) {
        super(length);
        this.source = source;
        this.row = row;
        sql =
                "select substr(cast("
                        + Sql.quoted(column)
                        + " as blob), ?, ?) from "
                        + Sql.quoted(table.name())
                        + " where "
                        + where;
    }

    @Override
    protected void read(int from, int to, OnPiece work) throws SQLException, IOException {
        for (int at = from; at < to; at += PIECE) {
            byte[] piece = piece(at, Math.min(PIECE, to - at));
            for (int part = 0; part < piece.length; part += CHUNK) {
                work.take(Arrays.copyOfRange(piece, part, Math.min(part + CHUNK, piece.length)));
            }
        }
    }

    private byte[] piece(int from, int bytes) throws SQLException {
        try (PreparedStatement statement = source.prepareStatement(sql)) {
            statement.setInt(1, from + 1);
            statement.setInt(2, bytes);
            for (int i = 0; i < row.size(); i++) {
                SourceRows.bind(statement, i + 3, row.get(i));
            }
            try (ResultSet found = statement.executeQuery()) {
                byte[] piece = found.next() ? found.getBytes(1) : null;
                return piece == null ? new byte[0] : piece;
            }
        }
    }
}

package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a large field of PostgreSQL. */
final class BytesInTarget extends LargeBytes {

    private static final int PIECE = 4 << 20;

    private final Target target;
    private final String bytes;
    private final String row;

    /**
     * @param target a connection that does nothing else while they are read
     * @param bytes what has them, as an expression of type {@code bytea}
     * @param row the table and the condition for the one row
     */
    BytesInTarget(Target target, String bytes, String row, int length) {
        super(length);
        this.target = target;
        this.bytes = bytes;
        this.row = row;
    }

    /** The server makes the bytes once, in the inner query, and cuts the pieces off them. */
    @Override
    protected void read(int from, int to, OnPiece work) throws SQLException, IOException {
        String sql =
                "select substring(b from at + 1 for least(%d, %d - at)) from".formatted(PIECE, to)
                        + " (select %s as b from %s offset 0) cell".formatted(bytes, row)
                        + " cross join lateral generate_series(%d, %d, %d) at"
                                .formatted(from, to - 1, PIECE);
        try (BinaryRows pieces = BinaryRows.of(target, sql)) {
            for (List<byte @Nullable []> piece = pieces.next();
                    piece != null;
                    piece = pieces.next()) {
                byte[] field = piece.get(0);
                work.take(field == null ? new byte[0] : field);
            }
        }
    }
}

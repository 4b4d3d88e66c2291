package io.twinstore.storage.migrate;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/** Reads the rows of a query as binary COPY sends them, one by one. */
final class BinaryRows implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final PGCopyInputStream copy;
    private final DataInputStream in;
    private boolean ended;

    private BinaryRows(PGCopyInputStream copy) {
        this.copy = copy;
        this.in = new DataInputStream(new BufferedInputStream(copy, BUFFER));
    }

    static BinaryRows of(Target target, String query) throws SQLException, IOException {
        BinaryRows rows =
                new BinaryRows(
                        new PGCopyInputStream(
                                target.connection().unwrap(PGConnection.class),
                                "copy (" + query + ") to stdout (format binary)"));
        rows.in.readNBytes(BinaryCopy.SIGNATURE.length + Integer.BYTES);
        rows.in.readNBytes(rows.in.readInt());
        return rows;
    }

    /** Returns the fields of the next row, null for NULL, or null after the last row. */
    @Nullable List<byte @Nullable []> next() throws IOException {
        int fields = ended ? -1 : in.readShort();
        if (fields < 0) {
            ended = true;
            return null;
        }
        List<byte @Nullable []> row = new ArrayList<>(fields);
        for (int i = 0; i < fields; i++) {
            row.add(field(in.readInt()));
        }
        return row;
    }

    /** Read into an array of its size: what grows as it reads would have it in memory twice. */
    private byte @Nullable [] field(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] field = new byte[length];
        in.readFully(field);
        return field;
    }

    /** What was not read is given up. */
    @Override
    public void close() throws IOException, SQLException {
        if (copy.isActive()) {
            if (ended) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            } else {
                copy.cancelCopy();
            }
        }
    }
}

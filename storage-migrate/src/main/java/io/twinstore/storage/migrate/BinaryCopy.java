package io.twinstore.storage.migrate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows as PostgreSQL's binary COPY has them
 * (https://www.postgresql.org/docs/current/sql-copy.html). A field larger than the buffer goes past
 * it, uncopied.
 */
final class BinaryCopy {

    static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final int BUFFER = 1 << 16;

    private final CopyIn copy;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    BinaryCopy(CopyIn copy) {
        this.copy = copy;
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    /** Begins a row. */
    void row(int fields) throws SQLException {
        room(Short.BYTES);
        buffer.putShort((short) fields);
    }

    void field(byte @Nullable [] field) throws SQLException {
        room(Integer.BYTES);
        if (field == null) {
            buffer.putInt(-1);
            return;
        }
        buffer.putInt(field.length);
        if (field.length > BUFFER) {
            flush();
            copy.writeToCopy(field, 0, field.length);
        } else {
            room(field.length);
            buffer.put(field);
        }
    }

    /** Writes a field that is read meanwhile. */
    void field(LargeBytes field) throws SQLException, IOException {
        room(Integer.BYTES);
        buffer.putInt(field.length());
        flush();
        field.each(piece -> copy.writeToCopy(piece, 0, piece.length));
    }

    /** Ends the copy. */
    void end() throws SQLException {
        room(Short.BYTES);
        buffer.putShort((short) -1);
        flush();
        copy.endCopy();
    }

    /** Gives the copy up, if it is still under way. */
    void cancel() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void room(int bytes) throws SQLException {
        if (buffer.remaining() < bytes) {
            flush();
        }
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}

package io.twinstore.storage.migrate;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Cells as one sequence of bytes, each with its type and length before it. */
final class CellList {

    /** A type and a length. */
    private static final int HEAD = 1 + Integer.BYTES;

    private CellList() {}

    static byte[] encode(List<Cell> cells) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(cells, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new LargeBytes.Unread(e);
        }
        return bytes.toByteArray();
    }

    /** Writes what {@link #encode} returns. */
    static void write(List<Cell> cells, DataOutputStream out) throws SQLException, IOException {
        for (Cell cell : cells) {
            out.writeByte(cell.kind().letter());
            out.writeInt(cell.length());
            LargeBytes large = cell.large();
            if (large == null) {
                out.write(cell.bytes());
            } else {
                large.each(out::write);
            }
        }
    }

    /** Returns how many bytes that are. */
    static int length(List<Cell> cells) {
        long length = 0;
        for (Cell cell : cells) {
            length += HEAD + cell.length();
        }
        return Math.toIntExact(length);
    }

    static List<Cell> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Cell> cells = new ArrayList<>();
        while (in.hasRemaining()) {
            Cell.Kind kind = Cell.Kind.of((char) in.get());
            byte[] value = new byte[in.getInt()];
            in.get(value);
            cells.add(Cell.of(kind, value));
        }
        return cells;
    }

    /** Decodes what is too large to hold: its large cells stay parts of it. */
    static List<Cell> decode(LargeBytes bytes) {
        List<Cell> cells = new ArrayList<>();
        for (int at = 0; at < bytes.length(); ) {
            ByteBuffer head = ByteBuffer.wrap(bytes.part(at, at + HEAD).whole());
            Cell.Kind kind = Cell.Kind.of((char) head.get());
            int length = head.getInt();
            at += HEAD;
            LargeBytes cell = bytes.part(at, at + length);
            cells.add(
                    length > LargeBytes.LARGE
                            ? Cell.large(kind, cell)
                            : Cell.of(kind, length == 0 ? new byte[0] : cell.whole()));
            at += length;
        }
        return cells;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] digest(byte[] bytes) {
        return sha256().digest(bytes);
    }
}

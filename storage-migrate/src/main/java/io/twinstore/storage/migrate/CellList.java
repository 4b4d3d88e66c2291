package io.twinstore.storage.migrate;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Cells as one sequence of bytes, each with its type and length before it. */
final class CellList {

    private CellList() {}

    static byte[] encode(List<Cell> cells) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Cell cell : cells) {
                out.writeByte(cell.kind().letter());
                out.writeInt(cell.bytes().length);
                out.write(cell.bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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

package io.twinstore.storage.migrate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a cell of SQLite holds: its storage class (https://sqlite.org/datatype3.html) and its bytes,
 * of text those of the file, of a number the eight of its value, highest first. Equal only when
 * both are, so that -0.0 and 0.0, or 1 and 1.0, differ.
 */
final class Cell {

    static final Cell NULL = new Cell(Kind.NULL, new byte[0]);

    private static final int SHOWN = 40;

    /** A storage class; the letter is the first one of what {@code typeof} says. */
    enum Kind {
        NULL("null"),
        INTEGER("integer"),
        REAL("real"),
        TEXT("text"),
        BLOB("blob");

        private static final Kind[] ALL = values();

        private final String typeName;
        private final char letter;

        Kind(String typeName) {
            this.typeName = typeName;
            letter = typeName.charAt(0);
        }

        char letter() {
            return letter;
        }

        /** Returns what {@code typeof} says. */
        String typeName() {
            return typeName;
        }

        static Kind of(char letter) {
            for (Kind kind : ALL) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no storage class: " + letter);
        }
    }

    private final Kind kind;
    private final byte[] bytes;

    private Cell(Kind kind, byte[] bytes) {
        this.kind = kind;
        this.bytes = bytes;
    }

    static Cell of(Kind kind, byte[] bytes) {
        return kind == Kind.NULL ? NULL : new Cell(kind, bytes);
    }

    static Cell integer(long value) {
        return new Cell(Kind.INTEGER, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    static Cell real(double value) {
        return new Cell(
                Kind.REAL,
                ByteBuffer.allocate(Long.BYTES).putLong(Double.doubleToRawLongBits(value)).array());
    }

    static Cell text(String value) {
        return new Cell(Kind.TEXT, value.getBytes(StandardCharsets.UTF_8));
    }

    Kind kind() {
        return kind;
    }

    boolean isNull() {
        return kind == Kind.NULL;
    }

    /** Returns the bytes themselves; nobody changes them. */
    byte[] bytes() {
        return bytes;
    }

    long asLong() {
        return ByteBuffer.wrap(bytes).getLong();
    }

    double asDouble() {
        return Double.longBitsToDouble(asLong());
    }

    /** Adds type, length and bytes to a digest, so that no two lists of cells look alike to it. */
    void addTo(MessageDigest digest) {
        digest.update((byte) kind.letter);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    /** Shows type, length and digest, for a person who looks for what differs; never the value. */
    String outline() {
        return isNull()
                ? "NULL"
                : kind.name().toLowerCase(Locale.ROOT)
                        + " of "
                        + bytes.length
                        + " bytes (SHA-256 "
                        + HexFormat.of().formatHex(CellList.digest(bytes), 0, 4)
                        + "…)";
    }

    /** Shows a cell of a key: type and beginning. */
    String shown() {
        return switch (kind) {
            case NULL -> "null";
            case INTEGER -> "integer " + asLong();
            case REAL -> "real " + asDouble();
            case TEXT -> "text of " + bytes.length + " bytes '" + beginning() + "'";
            case BLOB -> "blob of " + bytes.length + " bytes";
        };
    }

    private String beginning() {
        String text =
                new String(bytes, 0, Math.min(bytes.length, SHOWN), StandardCharsets.UTF_8)
                        .replaceAll("\\p{Cntrl}", "?");
        return bytes.length > SHOWN ? text + "…" : text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cell cell
                && kind == cell.kind
                && (bytes == cell.bytes || Arrays.equals(bytes, cell.bytes));
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return kind + "[" + bytes.length + "]";
    }
}

package io.twinstore.storage.migrate;

import static java.util.Objects.requireNonNull;

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
 * both are, so that -0.0 and 0.0, or 1 and 1.0, differ; of a large cell the digests are compared.
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
    private final byte @Nullable [] bytes;
    private final @Nullable LargeBytes large;

    private Cell(Kind kind, byte @Nullable [] bytes, @Nullable LargeBytes large) {
        this.kind = kind;
        this.bytes = bytes;
        this.large = large;
    }

    private Cell(Kind kind, byte[] bytes) {
        this(kind, bytes, null);
    }

    static Cell of(Kind kind, byte[] bytes) {
        return kind == Kind.NULL ? NULL : new Cell(kind, bytes);
    }

    /** Returns a text or blob whose bytes stay where they are. */
    static Cell large(Kind kind, LargeBytes bytes) {
        return new Cell(kind, null, bytes);
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

    /** Returns the bytes themselves; nobody changes them. Those of a large cell are read anew. */
    byte[] bytes() {
        return bytes == null ? requireNonNull(large).whole() : bytes;
    }

    /** Returns the bytes of a cell that has too many to hold; null of any other. */
    @Nullable LargeBytes large() {
        return large;
    }

    /** Returns how many bytes it has. */
    int length() {
        return bytes == null ? requireNonNull(large).length() : bytes.length;
    }

    /** Returns how many of them are in memory. */
    int held() {
        return bytes == null ? 0 : bytes.length;
    }

    byte[] sha256() {
        return bytes == null ? requireNonNull(large).sha256() : CellList.digest(bytes);
    }

    long asLong() {
        return ByteBuffer.wrap(bytes()).getLong();
    }

    double asDouble() {
        return Double.longBitsToDouble(asLong());
    }

    /** Adds type, length and bytes to a digest, so that no two lists of cells look alike to it. */
    void addTo(MessageDigest digest) {
        digest.update((byte) kind.letter);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length()).flip());
        if (bytes == null) {
            requireNonNull(large).eachOrUnread(digest::update);
        } else {
            digest.update(bytes);
        }
    }

    /** Shows type, length and digest, for a person who looks for what differs; never the value. */
    String outline() {
        return isNull()
                ? "NULL"
                : kind.name().toLowerCase(Locale.ROOT)
                        + " of "
                        + length()
                        + " bytes (SHA-256 "
                        + HexFormat.of().formatHex(sha256(), 0, 4)
                        + "…)";
    }

    /** Shows a cell of a key: type and beginning. */
    String shown() {
        return switch (kind) {
            case NULL -> "null";
            case INTEGER -> "integer " + asLong();
            case REAL -> "real " + asDouble();
            case TEXT -> "text of " + length() + " bytes '" + beginning() + "'";
            case BLOB -> "blob of " + length() + " bytes";
        };
    }

    private String beginning() {
        byte[] all = bytes();
        String text =
                new String(all, 0, Math.min(all.length, SHOWN), StandardCharsets.UTF_8)
                        .replaceAll("\\p{Cntrl}", "?");
        return all.length > SHOWN ? text + "…" : text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cell cell
                && kind == cell.kind
                && length() == cell.length()
                && ((large != null && large == cell.large) || sameBytes(cell));
    }

    private boolean sameBytes(Cell cell) {
        boolean inMemory = bytes != null && cell.bytes != null;
        return inMemory ? Arrays.equals(bytes, cell.bytes) : Arrays.equals(sha256(), cell.sha256());
    }

    /** The bytes of a large one are not read for it. */
    @Override
    public int hashCode() {
        int length = length();
        return 31 * kind.hashCode()
                + (length > LargeBytes.LARGE || bytes == null ? length : Arrays.hashCode(bytes));
    }

    @Override
    public String toString() {
        return kind + "[" + length() + "]";
    }
}

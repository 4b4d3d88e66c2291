package io.twinstore.storage.sqlite.legacy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value of a SQLite table, with its type and its bytes as they are: the driver's own getters
 * would replace what is not UTF-8, and read text as 0.
 */
final class Cell {

    /** The storage classes of SQLite. */
    enum Type {
        NULL,
        INTEGER,
        REAL,
        TEXT,
        BLOB;

        /** Returns the type as SQLite's {@code typeof} names it. */
        String sqlName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Type named(String sqlName) {
            return valueOf(sqlName.toUpperCase(Locale.ROOT));
        }
    }

    static final Cell NULL = new Cell(Type.NULL, new byte[0]);

    private final Type type;
    private final byte[] bytes;

    private Cell(Type type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /**
     * Returns the cell of this type with these bytes: of a number, the eight of its binary form.
     */
    static Cell of(Type type, byte[] bytes) {
        return type == Type.NULL ? NULL : new Cell(type, bytes.clone());
    }

    static Cell text(String text) {
        return new Cell(Type.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the text, or NULL for null. */
    static Cell nullable(@Nullable String text) {
        return text == null ? NULL : text(text);
    }

    static Cell integer(long value) {
        return new Cell(Type.INTEGER, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** Returns the two expressions by which {@link #read} reads a column. */
    static String selected(String quotedColumn) {
        return "typeof("
                + quotedColumn
                + "), case typeof("
                + quotedColumn
                + ") when 'text' then cast("
                + quotedColumn
                + " as blob) else "
                + quotedColumn
                + " end";
    }

    /** Reads the cell of which these two columns of the result tell type and value. */
    static Cell read(ResultSet row, int typeColumn) throws SQLException {
        Type type = Type.named(row.getString(typeColumn));
        int value = typeColumn + 1;
        return switch (type) {
            case NULL -> NULL;
            case INTEGER -> integer(row.getLong(value));
            case REAL ->
                    new Cell(
                            type,
                            ByteBuffer.allocate(Double.BYTES)
                                    .putDouble(row.getDouble(value))
                                    .array());
            case TEXT, BLOB -> {
                // The driver gives null for a blob without bytes.
                byte[] found = row.getBytes(value);
                yield new Cell(type, found == null ? new byte[0] : found);
            }
        };
    }

    /** Returns the expression that stands for this cell's parameter in an INSERT. */
    String parameter() {
        return type == Type.TEXT ? "cast(? as text)" : "?";
    }

    void bind(PreparedStatement statement, int index) throws SQLException {
        switch (type) {
            case NULL -> statement.setNull(index, java.sql.Types.NULL);
            case INTEGER -> statement.setLong(index, number());
            case REAL -> statement.setDouble(index, real());
            case TEXT, BLOB -> statement.setBytes(index, bytes);
        }
    }

    Type type() {
        return type;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    boolean isNull() {
        return type == Type.NULL;
    }

    long number() {
        return ByteBuffer.wrap(bytes).getLong();
    }

    double real() {
        return ByteBuffer.wrap(bytes).getDouble();
    }

    /** Returns the text of a text cell that is UTF-8 throughout. */
    Optional<String> text() {
        if (type != Type.TEXT) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the cell as a person reads it, in text that both databases can hold: what is not
     * UTF-8 and NUL as U+FFFD, a number in decimals, bytes in hexadecimal.
     */
    String shown() {
        return switch (type) {
            case NULL -> "";
            case INTEGER -> Long.toString(number());
            case REAL -> Double.toString(real());
            case TEXT -> new String(bytes, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
            case BLOB -> HexFormat.of().formatHex(bytes);
        };
    }

    /** Returns a fingerprint of type and bytes. */
    String fingerprint() {
        MessageDigest digest = sha256();
        digest.update(type.sqlName().getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cell cell && type == cell.type && Arrays.equals(bytes, cell.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(bytes);
    }

    /** Tells type and length alone: the value may be a secret. */
    @Override
    public String toString() {
        return type.sqlName() + " of " + bytes.length + " bytes";
    }
}

package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cell as JSON that a person can edit and that gives any cell back exactly: its type, and its
 * value as text, or as hexadecimal digits where it is a blob or bytes that are no UTF-8.
 */
final class CellJson {

    private CellJson() {}

    static Map<String, @Nullable Object> of(Cell cell) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("type", cell.kind().name().toLowerCase(Locale.ROOT));
        switch (cell.kind()) {
            case NULL -> {}
            case INTEGER -> fields.put("value", Long.toString(cell.asLong()));
            case REAL -> fields.put("value", Double.toString(cell.asDouble()));
            case TEXT -> {
                String text = decoded(cell.bytes());
                fields.put(
                        text == null ? "hex" : "value",
                        text == null ? HexFormat.of().formatHex(cell.bytes()) : text);
            }
            case BLOB -> fields.put("hex", HexFormat.of().formatHex(cell.bytes()));
        }
        return fields;
    }

    /** The type and the length, for who may not see the value. */
    static Map<String, @Nullable Object> outline(Cell cell) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("type", cell.kind().name().toLowerCase(Locale.ROOT));
        if (cell.kind() == Cell.Kind.TEXT || cell.kind() == Cell.Kind.BLOB) {
            fields.put("bytes", (long) cell.length());
        }
        return fields;
    }

    private static @Nullable String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /**
     * Returns the cell that the fields tell of.
     *
     * @throws InvalidValueException when they tell of none
     */
    static Cell cell(String path, PlanFields fields) {
        String type = fields.text("type");
        String value = fields.textOrNull("value");
        String hex = fields.textOrNull("hex");
        if (type.equals("null") ? value != null || hex != null : (value == null) == (hex == null)) {
            throw new InvalidValueException(
                    path,
                    type.equals("null") ? "with neither value nor hex" : "with either value or hex",
                    null);
        }
        return switch (type) {
            case "null" -> Cell.NULL;
            case "integer" -> integer(path, value);
            case "real" -> real(path, value);
            case "text" ->
                    Cell.of(Cell.Kind.TEXT, value == null ? digits(path, hex) : utf8(path, value));
            case "blob" -> Cell.of(Cell.Kind.BLOB, digits(path, hex));
            default ->
                    throw new InvalidValueException(
                            path + ".type", "null, integer, real, text or blob", type);
        };
    }

    private static Cell integer(String path, @Nullable String value) {
        try {
            return Cell.integer(Long.parseLong(String.valueOf(value)));
        } catch (NumberFormatException e) {
            throw new InvalidValueException(
                    path + ".value", "a whole number from -2^63 to 2^63 - 1", null);
        }
    }

    /** SQLite has no NaN: it stores NULL. */
    private static Cell real(String path, @Nullable String value) {
        try {
            double real = Double.parseDouble(String.valueOf(value));
            if (!Double.isNaN(real)) {
                return Cell.real(real);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new InvalidValueException(path + ".value", "a number, or Infinity", null);
    }

    private static byte[] utf8(String path, String value) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new InvalidValueException(
                    path + ".value", "without unpaired surrogates; give the bytes as hex", null);
        }
    }

    private static byte[] digits(String path, @Nullable String hex) {
        if (hex == null) {
            throw new InvalidValueException(path, "with its bytes as hex", null);
        }
        try {
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(path + ".hex", "two hexadecimal digits a byte", null);
        }
    }
}

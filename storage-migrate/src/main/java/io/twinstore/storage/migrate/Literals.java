package io.twinstore.storage.migrate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** Cells as literals of PostgreSQL: COPY takes no parameters. */
final class Literals {

    /** From which binary timestamps count microseconds. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private Literals() {}

    /** Returns whether equality in the target is equality of cells, and the cell has a literal. */
    static boolean areExact(Codec codec) {
        return switch (codec.label()) {
            case "bigint", "text", "bytea", "boolean" -> true;
            default -> codec.label().startsWith(TimeCodec.PREFIX);
        };
    }

    static String of(Codec codec, Cell cell) {
        byte[] field = codec.write(cell);
        if (field == null) {
            throw new IllegalStateException("a key that " + codec.label() + " does not hold");
        }
        return switch (codec.label()) {
            case "bigint" -> "'" + ByteBuffer.wrap(field).getLong() + "'::bigint";
            case "text" -> text(new String(field, StandardCharsets.UTF_8)) + "::text";
            case "double" -> "'" + ByteBuffer.wrap(field).getDouble() + "'::float8";
            case "boolean" -> field[0] == 0 ? "false" : "true";
            case "bytea", "tagged" -> text("\\x" + HexFormat.of().formatHex(field)) + "::bytea";
            default ->
                    "'"
                            + EPOCH.plus(ByteBuffer.wrap(field).getLong(), ChronoUnit.MICROS)
                            + "'::timestamptz";
        };
    }

    /** With the E, a backslash means the same whatever the server's settings are. */
    private static String text(String text) {
        return "E" + Sql.literal(text.replace("\\", "\\\\"));
    }
}

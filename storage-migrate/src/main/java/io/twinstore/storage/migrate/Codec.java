package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the cells of one column stand in PostgreSQL: writes a cell as binary COPY has a field of the
 * type, and gives back the cell that a field stands for. SQL's NULL is NULL on both sides and never
 * gets here.
 */
interface Codec {

    /** Returns the name by which a plan knows it. */
    String label();

    /** Returns the target's type, with its collation. */
    String type();

    /**
     * Returns the field for a cell, or null when the type can hold nothing that stands for it. A
     * field that does not come back as the cell is a stand-in.
     */
    byte @Nullable [] write(Cell cell);

    /** Returns the cell that a field stands for. */
    Cell read(byte[] field);

    /**
     * Returns SQL for how many bytes a field has, without reading it; null where no field is large,
     * or one cannot be had in pieces.
     */
    default @Nullable String lengthSql(String column) {
        return null;
    }

    /** Returns SQL for the bytes of a field as {@code bytea}, where it can be had in pieces. */
    default String bytesSql(String column) {
        return column;
    }

    /**
     * Returns the field for a large cell as {@link #write} does; null also where that has to have
     * the whole cell.
     */
    default @Nullable LargeBytes writeLarge(Cell.Kind kind, LargeBytes cell)
            throws SQLException, IOException {
        return null;
    }

    /** Returns the cell that a large field stands for. */
    default Cell readLarge(LargeBytes field) throws SQLException, IOException {
        return read(field.whole());
    }

    /** Returns whether the cell comes back from the target by itself. */
    default boolean keeps(Cell cell) {
        if (cell.isNull()) {
            return true;
        }
        byte[] field = write(cell);
        return field != null && read(field).equals(cell);
    }

    /**
     * Returns the codec of this name.
     *
     * @throws InvalidValueException when there is none
     */
    static Codec named(String name) {
        if (name.startsWith(TimeCodec.PREFIX)) {
            return TimeCodec.of(name.substring(TimeCodec.PREFIX.length()));
        }
        return switch (name) {
            case "bigint" -> PlainCodec.BIGINT;
            case "double" -> PlainCodec.DOUBLE;
            case "text" -> TextCodec.TEXT;
            case "bytea" -> PlainCodec.BYTEA;
            case "boolean" -> BooleanCodec.BOOLEAN;
            case "json" -> JsonCodec.JSON;
            case "jsonb" -> JsonCodec.JSONB;
            case "tagged" -> TaggedCodec.TAGGED;
            default ->
                    throw new InvalidValueException(
                            "plan.codec",
                            "bigint, double, text, bytea, boolean, json, jsonb, tagged or "
                                    + TimeCodec.PREFIX
                                    + "FORM with FORM one of "
                                    + String.join(", ", TimeForm.names()),
                            name.toLowerCase(Locale.ROOT));
        };
    }
}

package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.spi.IndexedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON text: as {@code json}, which keeps it byte for byte, or as {@code jsonb}, which gives back
 * its own form. What is no JSON, or what {@code jsonb} cannot hold, has no field.
 */
enum JsonCodec implements Codec {
    JSON,
    JSONB;

    /** The only version of {@code jsonb}'s binary form. */
    private static final byte VERSION = 1;

    @Override
    public String label() {
        return type();
    }

    @Override
    public String type() {
        return this == JSON ? "json" : "jsonb";
    }

    @Override
    public byte @Nullable [] write(Cell cell) {
        if (cell.kind() != Cell.Kind.TEXT || !TextCodec.isHoldable(cell.bytes())) {
            return null;
        }
        try {
            Json json = Json.of(new String(cell.bytes(), StandardCharsets.UTF_8));
            return this == JSON ? cell.bytes() : binary(IndexedJson.normalize("cell", json));
        } catch (InvalidValueException noJson) {
            return null;
        }
    }

    private static byte[] binary(Json normal) {
        byte[] text = normal.text().getBytes(StandardCharsets.UTF_8);
        byte[] field = new byte[text.length + 1];
        field[0] = VERSION;
        System.arraycopy(text, 0, field, 1, text.length);
        return field;
    }

    @Override
    public Cell read(byte[] field) {
        return Cell.of(
                Cell.Kind.TEXT, this == JSON ? field : Arrays.copyOfRange(field, 1, field.length));
    }

    /** Whether a large one is JSON, PostgreSQL says; what it refuses goes into quarantine. */
    @Override
    public @Nullable LargeBytes writeLarge(Cell.Kind kind, LargeBytes cell)
            throws SQLException, IOException {
        return this == JSON && kind == Cell.Kind.TEXT && HoldableText.isHoldable(cell)
                ? cell
                : null;
    }

    /** What {@code jsonb} prints is made of the whole document, so there it is read whole. */
    @Override
    public @Nullable String lengthSql(String column) {
        return this == JSON ? TextCodec.TEXT.lengthSql(column + "::text") : null;
    }

    @Override
    public String bytesSql(String column) {
        return TextCodec.TEXT.bytesSql(column + "::text");
    }

    @Override
    public Cell readLarge(LargeBytes field) {
        return Cell.large(Cell.Kind.TEXT, field);
    }
}

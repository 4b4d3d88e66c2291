package io.twinstore.storage.migrate;

import org.jspecify.annotations.Nullable;

/**
 * Storage classes whose bytes are the field: integers, reals as eight bytes, and blobs. Among reals
 * an integer stands as the nearest one.
 */
enum PlainCodec implements Codec {
    BIGINT("bigint", "bigint", Cell.Kind.INTEGER),
    DOUBLE("double", "double precision", Cell.Kind.REAL),
    BYTEA("bytea", "bytea", Cell.Kind.BLOB);

    private final String codec;
    private final String type;
    private final Cell.Kind kind;

    PlainCodec(String codec, String type, Cell.Kind kind) {
        this.codec = codec;
        this.type = type;
        this.kind = kind;
    }

    @Override
    public String label() {
        return codec;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public byte @Nullable [] write(Cell cell) {
        if (this == DOUBLE && cell.kind() == Cell.Kind.INTEGER) {
            return Cell.real((double) cell.asLong()).bytes();
        }
        return cell.kind() == kind ? cell.bytes() : null;
    }

    @Override
    public Cell read(byte[] field) {
        return Cell.of(kind, field);
    }

    @Override
    public @Nullable String lengthSql(String column) {
        return this == BYTEA ? "octet_length(" + column + ")" : null;
    }

    @Override
    public @Nullable LargeBytes writeLarge(Cell.Kind large, LargeBytes cell) {
        return large == kind ? cell : null;
    }

    @Override
    public Cell readLarge(LargeBytes field) {
        return Cell.large(kind, field);
    }
}

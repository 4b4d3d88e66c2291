package io.twinstore.storage.migrate;

import org.jspecify.annotations.Nullable;

/** The integers 0 and 1 as false and true. */
enum BooleanCodec implements Codec {
    BOOLEAN;

    @Override
    public String label() {
        return "boolean";
    }

    @Override
    public String type() {
        return "boolean";
    }

    @Override
    public byte @Nullable [] write(Cell cell) {
        if (cell.kind() != Cell.Kind.INTEGER || (cell.asLong() & ~1L) != 0) {
            return null;
        }
        return new byte[] {(byte) cell.asLong()};
    }

    @Override
    public Cell read(byte[] field) {
        return Cell.integer(field[0]);
    }
}

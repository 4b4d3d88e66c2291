package io.twinstore.storage.migrate;

import org.jspecify.annotations.Nullable;

/** Any cell, as bytes whose first is the letter of its storage class. */
enum TaggedCodec implements Codec {
    TAGGED;

    @Override
    public String label() {
        return "tagged";
    }

    @Override
    public String type() {
        return "bytea";
    }

    @Override
    public byte @Nullable [] write(Cell cell) {
        byte[] field = new byte[cell.bytes().length + 1];
        field[0] = (byte) cell.kind().letter();
        System.arraycopy(cell.bytes(), 0, field, 1, cell.bytes().length);
        return field;
    }

    /** What an application wrote without a tag is a blob. */
    @Override
    public Cell read(byte[] field) {
        for (Cell.Kind kind : Cell.Kind.values()) {
            if (field.length > 0 && field[0] == kind.letter() && fits(kind, field.length - 1)) {
                byte[] bytes = new byte[field.length - 1];
                System.arraycopy(field, 1, bytes, 0, bytes.length);
                return Cell.of(kind, bytes);
            }
        }
        return Cell.of(Cell.Kind.BLOB, field);
    }

    private static boolean fits(Cell.Kind kind, int length) {
        return switch (kind) {
            case NULL -> false;
            case INTEGER, REAL -> length == Long.BYTES;
            case TEXT, BLOB -> true;
        };
    }
}

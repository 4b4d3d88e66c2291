package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
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

    @Override
    public String lengthSql(String column) {
        return "octet_length(" + column + ")";
    }

    @Override
    public LargeBytes writeLarge(Cell.Kind kind, LargeBytes cell) {
        return new Tagged(kind, cell);
    }

    /** A tag and bytes. */
    private static final class Tagged extends LargeBytes {

        private final Cell.Kind kind;
        private final LargeBytes cell;

        Tagged(Cell.Kind kind, LargeBytes cell) {
            super(cell.length() + 1);
            this.kind = kind;
            this.cell = cell;
        }

        @Override
        protected void read(int from, int to, OnPiece work) throws SQLException, IOException {
            if (from == 0) {
                work.take(new byte[] {(byte) kind.letter()});
            }
            cell.read(Math.max(from - 1, 0), to - 1, work);
        }

        @Override
        LargeBytes part(int from, int to) {
            return from == 1 && to == length() ? cell : super.part(from, to);
        }
    }

    @Override
    public Cell readLarge(LargeBytes field) throws SQLException, IOException {
        byte tag = field.head(1)[0];
        for (Cell.Kind kind : List.of(Cell.Kind.TEXT, Cell.Kind.BLOB)) {
            if (tag == kind.letter()) {
                return Cell.large(kind, field.part(1, field.length()));
            }
        }
        return Cell.large(Cell.Kind.BLOB, field);
    }

    private static boolean fits(Cell.Kind kind, int length) {
        return switch (kind) {
            case NULL -> false;
            case INTEGER, REAL -> length == Long.BYTES;
            case TEXT, BLOB -> true;
        };
    }
}

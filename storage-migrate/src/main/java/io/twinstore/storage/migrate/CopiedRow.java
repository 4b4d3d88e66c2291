package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row's cells, and the fields that stand for them in the target. */
final class CopiedRow {

    private final List<Codec> codecs;
    private final List<Cell> cells;
    private final byte @Nullable [][] fields;
    private final @Nullable LargeBytes @Nullable [] large;

    private CopiedRow(
            List<Codec> codecs,
            List<Cell> cells,
            byte @Nullable [][] fields,
            @Nullable LargeBytes @Nullable [] large) {
        this.codecs = codecs;
        this.cells = cells;
        this.fields = fields;
        this.large = large;
    }

    static CopiedRow of(List<Codec> codecs, List<Cell> cells) throws SQLException, IOException {
        byte @Nullable [][] fields = new byte @Nullable [codecs.size()][];
        @Nullable LargeBytes @Nullable [] large = null;
        for (int i = 0; i < fields.length; i++) {
            Cell cell = cells.get(i);
            LargeBytes bytes = cell.large();
            if (bytes != null) {
                large = large == null ? new @Nullable LargeBytes[fields.length] : large;
                large[i] = codecs.get(i).writeLarge(cell.kind(), bytes);
            }
            if (!cell.isNull() && (large == null || large[i] == null)) {
                fields[i] = codecs.get(i).write(cell);
            }
        }
        return new CopiedRow(codecs, cells, fields, large);
    }

    private @Nullable LargeBytes large(int column) {
        return large == null ? null : large[column];
    }

    boolean isNull(int column) {
        return fields[column] == null && large(column) == null;
    }

    /** Returns whether the cell comes back from its field. */
    boolean comesBack(int column) throws SQLException, IOException {
        byte[] field = fields[column];
        LargeBytes bytes = large(column);
        Cell cell = cells.get(column);
        if (bytes != null) {
            return codecs.get(column).readLarge(bytes).equals(cell);
        }
        return field == null ? cell.isNull() : codecs.get(column).read(field).equals(cell);
    }

    byte[] fingerprint(int column) {
        LargeBytes bytes = large(column);
        return bytes == null ? KeptCells.fingerprint(fields[column]) : bytes.sha256();
    }

    void writeTo(BinaryCopy copy) throws SQLException, IOException {
        for (int i = 0; i < fields.length; i++) {
            LargeBytes bytes = large(i);
            if (bytes == null) {
                copy.field(fields[i]);
            } else {
                copy.field(bytes);
            }
        }
    }
}

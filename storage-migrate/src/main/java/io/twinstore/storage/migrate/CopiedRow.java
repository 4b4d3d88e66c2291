package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row's cells, and the fields that stand for them in the target. */
final class CopiedRow {

    private final List<Codec> codecs;
    private final List<Cell> cells;
    private final List<byte @Nullable []> fields;
    private Map<Integer, LargeBytes> large = Map.of();

    private CopiedRow(List<Codec> codecs, List<Cell> cells) {
        this.codecs = codecs;
        this.cells = cells;
        fields = new ArrayList<>(codecs.size());
    }

    static CopiedRow of(List<Codec> codecs, List<Cell> cells) throws SQLException, IOException {
        CopiedRow row = new CopiedRow(codecs, cells);
        for (int i = 0; i < codecs.size(); i++) {
            Cell cell = cells.get(i);
            LargeBytes bytes = cell.large();
            boolean pieces = bytes != null && row.addLarge(i, cell.kind(), bytes);
            row.fields.add(cell.isNull() || pieces ? null : codecs.get(i).write(cell));
        }
        return row;
    }

    /** Returns whether the field can be had in pieces. */
    private boolean addLarge(int column, Cell.Kind kind, LargeBytes bytes)
            throws SQLException, IOException {
        LargeBytes field = codecs.get(column).writeLarge(kind, bytes);
        if (field == null) {
            return false;
        }
        if (large.isEmpty()) {
            large = new HashMap<>();
        }
        large.put(column, field);
        return true;
    }

    boolean isNull(int column) {
        return fields.get(column) == null && !large.containsKey(column);
    }

    /** Returns whether the cell comes back from its field. */
    boolean comesBack(int column) throws SQLException, IOException {
        byte[] field = fields.get(column);
        LargeBytes bytes = large.get(column);
        Cell cell = cells.get(column);
        if (bytes != null) {
            return codecs.get(column).readLarge(bytes).equals(cell);
        }
        return field == null ? cell.isNull() : codecs.get(column).read(field).equals(cell);
    }

    byte[] fingerprint(int column) {
        LargeBytes bytes = large.get(column);
        return bytes == null ? KeptCells.fingerprint(fields.get(column)) : bytes.sha256();
    }

    void writeTo(BinaryCopy copy) throws SQLException, IOException {
        for (int i = 0; i < codecs.size(); i++) {
            LargeBytes bytes = large.get(i);
            if (bytes == null) {
                copy.field(fields.get(i));
            } else {
                copy.field(bytes);
            }
        }
    }
}

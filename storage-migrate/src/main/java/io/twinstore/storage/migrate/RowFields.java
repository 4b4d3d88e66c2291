package io.twinstore.storage.migrate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields that stand for a row's cells in the target. */
final class RowFields {

    private final List<Codec> codecs;

    RowFields(TablePlan table) {
        codecs = table.columns().stream().map(ColumnPlan::how).toList();
    }

    /** Returns the fields, null where the target will have NULL. */
    List<byte @Nullable []> of(List<Cell> cells) {
        List<byte @Nullable []> fields = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            fields.add(cell.isNull() ? null : codecs.get(i).write(cell));
        }
        return fields;
    }
}

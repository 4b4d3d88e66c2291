package io.twinstore.storage.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of the source that sample queries ask for.
 *
 * @param order where it stands in the source
 * @param key what it is found by in the target
 * @param numbered whether that is a number that the source does not have
 * @param row its cells; none of those over a megabyte
 */
record Place(List<Cell> order, List<Cell> key, boolean numbered, List<Cell> row) {

    /** Returns its cells of these columns, if there is none too many or NULL. */
    Optional<List<Cell>> values(TablePlan table, List<String> columns) {
        List<Cell> values = new ArrayList<>();
        for (String column : columns) {
            Cell cell = row.get(table.indexOf(column));
            if (cell.isNull()) {
                return Optional.empty();
            }
            values.add(cell);
        }
        return Optional.of(values);
    }
}

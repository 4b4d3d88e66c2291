package io.twinstore.storage.migrate;

import java.util.List;

/**
 * A row of the source.
 *
 * @param order the cells after which the rows are ordered: what to go on from
 * @param key the cells by which the row is found on both sides
 * @param cells its columns
 */
record SourceRow(List<Cell> order, List<Cell> key, List<Cell> cells) {

    /** Returns how many bytes of its cells are in memory. */
    long held() {
        long bytes = 0;
        for (Cell cell : cells) {
            bytes += cell.held();
        }
        return bytes;
    }
}

package io.twinstore.storage.sqlite.legacy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A row of a legacy file.
 *
 * @param rowid its place in the table, which tells rows without a key apart
 * @param cells its cells by column
 * @param fileTime when the file was last written
 */
record SourceRow(long rowid, Map<String, Cell> cells, Instant fileTime) {

    Cell cell(String column) {
        return Objects.requireNonNull(cells.get(column), column);
    }

    /** Returns the first time that can be read in these columns, or else the file's. */
    Instant time(List<String> columns) {
        return columns.stream()
                .map(column -> LegacyTime.read(cell(column)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(fileTime);
    }
}

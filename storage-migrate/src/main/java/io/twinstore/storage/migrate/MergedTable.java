package io.twinstore.storage.migrate;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What became of one table of a file that was merged into the files before it.
 *
 * @param file the file
 * @param table the table's name there
 * @param added how many rows the files before had nothing of
 * @param same how many rows they had already, with the same cells
 * @param apart how many rows went to a table of their own: another row has their key, they break a
 *     rule of the table, or they refer to a row that is apart
 * @param apartTable the name of that table; null when there is none
 */
public record MergedTable(
        Path file, String table, long added, long same, long apart, @Nullable String apartTable) {}

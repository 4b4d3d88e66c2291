package io.twinstore.storage.jdbi;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.Page;
import java.util.List;
import java.util.function.Function;

/**
 * Cuts a page out of rows of which one more than asked for was read, to see whether there are more.
 */
final class Pages {

    private Pages() {}

    static <R, T> Page<T> cut(
            List<R> rows, int size, Function<R, T> item, Function<R, Cursor> cursor) {
        boolean more = rows.size() > size;
        List<R> shown = more ? rows.subList(0, size) : rows;
        return new Page<>(
                shown.stream().map(item).toList(), more ? cursor.apply(shown.get(size - 1)) : null);
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Pages of rows in descending order of a time and, where that is equal, of an id. A page begins
 * after the last row of the one before, so it costs the same wherever it is, and what moves towards
 * the first page meanwhile is on no later one.
 *
 * @param columns the time and the id, as in {@code "u.last_seen, u.user_id"}
 * @param time the time of a row
 * @param id the id of a row
 */
record NewestFirst<R>(String columns, Function<R, Instant> time, Function<R, String> id) {

    /** Reads some rows in this order. */
    @FunctionalInterface
    interface Reading<R> {
        List<R> rows(String where, Map<String, Object> bindings, int limit);
    }

    /**
     * Returns a page.
     *
     * @param conditions which rows there are; where to go on is added
     * @param item makes of a row what the page shows
     */
    <T> Page<T> page(
            Cursors cursors,
            Conditions conditions,
            PageRequest page,
            Reading<R> reading,
            Function<R, T> item) {
        if (page.cursor() != null) {
            Cursors.Key key = cursors.read(page.cursor());
            conditions
                    .and("(" + columns + ") < (:cursorTime, :cursorId)")
                    .bind("cursorTime", key.time(0))
                    .bind("cursorId", key.text(1));
        }
        List<R> rows = reading.rows(conditions.where(), conditions.bindings(), page.size() + 1);
        return Pages.cut(
                rows,
                page.size(),
                item,
                last -> cursors.write(time.apply(last).toString(), id.apply(last)));
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.SearchScope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When messages were appended, in microseconds since 1970; the end is not in it.
 *
 * @param from the first, or {@link Long#MIN_VALUE}
 * @param before the end, or {@link Long#MAX_VALUE}
 */
record SearchWindow(long from, long before) {

    static SearchWindow of(SearchScope scope) {
        return new SearchWindow(
                micros(scope.from(), Long.MIN_VALUE), micros(scope.before(), Long.MAX_VALUE));
    }

    private static long micros(@Nullable Instant instant, long open) {
        return instant == null ? open : EntryIds.micros(MicroClock.bound(instant));
    }

    /** Returns what of it is not after this time. */
    SearchWindow upTo(long micros) {
        return new SearchWindow(from, Math.min(before, micros + 1));
    }

    boolean holds(long micros) {
        return micros >= from && micros < before;
    }

    /** Returns the lowest id that an entry may have. */
    long firstId() {
        return from == Long.MIN_VALUE ? Long.MIN_VALUE : EntryIds.first(from);
    }

    /** Returns an id above those that entries may have. */
    long aboveLastId() {
        return before == Long.MAX_VALUE ? Long.MAX_VALUE : EntryIds.above(before);
    }
}

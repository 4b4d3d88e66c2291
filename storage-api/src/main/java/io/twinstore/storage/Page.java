package io.twinstore.storage;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, and where the next one starts.
 *
 * @param items what is on the page, in the list's order
 * @param nextCursor where the next page starts, or null when this is the last
 */
public record Page<T>(List<T> items, @Nullable Cursor nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /** Returns where the next page starts, or nothing when this is the last. */
    public Optional<Cursor> next() {
        return Optional.ofNullable(nextCursor);
    }
}

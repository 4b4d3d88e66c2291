package io.twinstore.storage;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of what a search found, and where the next one starts.
 *
 * @param hits what was found, the highest score first
 * @param nextCursor where the next page starts, or null when this is the last
 * @param capped whether more than {@value SessionStore#RANKED} messages match: then only the newest
 *     so many of them were ranked, and the pages hold no others
 */
public record SearchResult(List<SearchHit> hits, @Nullable Cursor nextCursor, boolean capped) {

    /** Takes a copy of the list. */
    public SearchResult {
        hits = List.copyOf(hits);
    }

    /** Returns where the next page starts, or nothing when this is the last. */
    public Optional<Cursor> next() {
        return Optional.ofNullable(nextCursor);
    }
}

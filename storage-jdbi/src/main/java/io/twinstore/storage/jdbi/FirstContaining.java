package io.twinstore.storage.jdbi;

import io.twinstore.storage.Json;
import io.twinstore.storage.jdbi.SearchCandidate.MessageKey;
import io.twinstore.storage.spi.JsonContainment;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first so many messages behind a place, the newest first, that contain a document. It keeps no
 * more than these, and reads what may contain it only while that can be one of them.
 */
final class FirstContaining {

    /** How many messages are read in one go at least. */
    private static final int FEW = 32;

    private final Json document;
    private final @Nullable MessageKey after;
    private final int limit;
    private final NavigableMap<MessageKey, MessageRow> found = new TreeMap<>();

    FirstContaining(Json document, @Nullable MessageKey after, int limit) {
        this.document = document;
        this.after = after;
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    List<MessageRow> inOrder() {
        return new ArrayList<>(found.values());
    }

    /** Takes a message where it belongs to those that are looked for. */
    void offer(MessageRow message) {
        MessageKey key = MessageKey.of(message);
        if (isBehind(key)
                && !isTooLate(key)
                && JsonContainment.contains(message.body(), document)) {
            found.put(key, message);
            if (found.size() > limit) {
                found.pollLastEntry();
            }
        }
    }

    /**
     * Reads of candidates, in their order, those that matter.
     *
     * @param entries those of whole times, all older than those taken before
     * @return whether older ones matter, too
     */
    boolean take(SearchSnapshot now, List<SearchCandidate> entries) {
        List<MessageKey> keys =
                entries.stream()
                        .map(SearchCandidate::message)
                        .filter(this::isBehind)
                        .distinct()
                        .sorted()
                        .toList();
        for (int from = 0; from < keys.size(); ) {
            if (isTooLate(keys.get(from))) {
                return false;
            }
            int to = Math.min(keys.size(), from + Math.max(FEW, limit - found.size()));
            now.messages(keys.subList(from, to), this::offer);
            from = to;
        }
        return keys.isEmpty() || !isFullBefore(keys.get(keys.size() - 1));
    }

    private boolean isBehind(MessageKey key) {
        return after == null || key.compareTo(after) > 0;
    }

    private boolean isTooLate(MessageKey key) {
        return found.size() == limit && key.compareTo(found.lastKey()) > 0;
    }

    /** Returns whether there are enough up to this place. */
    private boolean isFullBefore(MessageKey key) {
        return found.size() == limit && key.compareTo(found.lastKey()) >= 0;
    }
}

package io.twinstore.storage.testkit.history;

import io.twinstore.storage.SessionId;
import java.util.List;

/**
 * One read of a client, or what a tail told it.
 *
 * @param client who read
 * @param session the session read
 * @param after the sequence after which it read
 * @param seen what it was shown, in the order in which it was
 * @param toEnd whether there was nothing more to show when the call was made; a page that was full
 *     and an event of a tail do not say
 * @param span when it was made
 */
public record ReadOperation(
        int client, SessionId session, long after, List<Sighting> seen, boolean toEnd, Span span) {

    public ReadOperation {
        seen = List.copyOf(seen);
    }

    /** Returns the last sequence that it knows of. */
    long last() {
        return seen.isEmpty() ? after : seen.get(seen.size() - 1).sequence();
    }

    @Override
    public String toString() {
        return "client "
                + client
                + "'s read after "
                + after
                + " "
                + span
                + " of "
                + seen.size()
                + " messages up to "
                + last();
    }
}

package io.twinstore.storage.testkit.history;

import io.twinstore.storage.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message that the storage showed.
 *
 * @param sequence where it stands
 * @param identity which one it is, or null when its body is none that a client of a history makes
 */
public record Sighting(long sequence, @Nullable MessageIdentity identity) {

    /** Returns what this message is. */
    public static Sighting of(Message message) {
        return new Sighting(message.sequence(), MessageIdentity.of(message.body()));
    }

    @Override
    public String toString() {
        return (identity == null ? "a message of no client" : "message " + identity)
                + " at "
                + sequence;
    }
}

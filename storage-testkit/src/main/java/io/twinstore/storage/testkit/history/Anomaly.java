package io.twinstore.storage.testkit.history;

import io.twinstore.storage.SessionId;

/**
 * Something that no storage that keeps its promises can have done.
 *
 * @param kind what it is
 * @param session where it was found
 * @param message the operations and messages that show it
 */
public record Anomaly(Kind kind, SessionId session, String message) {

    /** What may be wrong. */
    public enum Kind {
        /** A message that was acknowledged, or shown, is not there. */
        LOST,
        /** A message is there, or was shown, more than once. */
        DOUBLED,
        /** Messages stand in another order than they were appended in, or were shown in another. */
        REORDERED,
        /** A message is there, or was shown, that nobody appended, or not like this. */
        INVENTED,
        /** A message is there though each attempt at it failed for certain. */
        ABORTED_BUT_VISIBLE,
        /** A sequence is missing in the transcript. */
        GAP,
        /** A message stands at another sequence than was acknowledged, expected or shown. */
        WRONG_SEQUENCE,
        /** Some messages of a batch are there, and others are not. */
        TORN,
        /**
         * A replay is answered like a first append, or the other way round, or with other
         * sequences.
         */
        WRONG_REPLAY,
        /** A read shows a message without an earlier one. */
        SKIPPED,
        /** A read misses what was acknowledged, or shown, before it began. */
        STALE
    }

    @Override
    public String toString() {
        return kind + " in " + session.value() + ": " + message;
    }
}

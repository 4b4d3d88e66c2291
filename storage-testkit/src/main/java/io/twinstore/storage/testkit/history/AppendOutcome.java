package io.twinstore.storage.testkit.history;

import io.twinstore.storage.Appended;

/**
 * What a client knows of an append.
 *
 * @param kind whether it was done
 * @param first the sequence of the first message, or 0
 * @param last the sequence of the last message, or 0
 * @param replayed whether the storage said that an earlier attempt had done it
 */
public record AppendOutcome(Kind kind, long first, long last, boolean replayed) {

    private static final AppendOutcome FAILED = new AppendOutcome(Kind.FAILED, 0, 0, false);
    private static final AppendOutcome UNKNOWN = new AppendOutcome(Kind.UNKNOWN, 0, 0, false);

    /** What a client may know. */
    public enum Kind {
        /** It was acknowledged. */
        OK,
        /** It was refused, and the error promises that nothing was written. */
        FAILED,
        /** It may have been done, now or later. */
        UNKNOWN
    }

    /** It was acknowledged at these sequences. */
    public static AppendOutcome ok(long first, long last, boolean replayed) {
        return new AppendOutcome(Kind.OK, first, last, replayed);
    }

    /** It was acknowledged like this. */
    public static AppendOutcome of(Appended appended) {
        return ok(appended.firstSequence(), appended.lastSequence(), appended.replayed());
    }

    /** Nothing was written. */
    public static AppendOutcome failed() {
        return FAILED;
    }

    /** Nobody knows. */
    public static AppendOutcome unknown() {
        return UNKNOWN;
    }

    /** Returns whether it was acknowledged. */
    public boolean isOk() {
        return kind == Kind.OK;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case OK ->
                    "acknowledged at "
                            + (first == last ? "" + first : first + ".." + last)
                            + (replayed ? " as a replay" : "");
            case FAILED -> "failed for certain";
            case UNKNOWN -> "with unknown outcome";
        };
    }
}

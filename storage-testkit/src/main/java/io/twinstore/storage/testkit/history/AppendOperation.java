package io.twinstore.storage.testkit.history;

import io.twinstore.storage.SessionId;

/**
 * One attempt of a client to append a batch.
 *
 * @param client who made it; another than the batch's client where one resumes what a killed one
 *     left
 * @param session the session appended to
 * @param batch the messages
 * @param keyed whether it was made under {@link Batch#key()}
 * @param expected the last sequence that it asked for, or {@link #ANY}
 * @param span when it was made
 * @param outcome what came of it; unknown when it never returned
 */
public record AppendOperation(
        int client,
        SessionId session,
        Batch batch,
        boolean keyed,
        long expected,
        Span span,
        AppendOutcome outcome) {

    /** Stands for an append that asks for no last sequence. */
    public static final long ANY = -1;

    /** Returns whether it may have written the batch. */
    boolean mayHaveApplied() {
        return outcome.kind() != AppendOutcome.Kind.FAILED;
    }

    /** Returns when it was known to be done, or {@link Span#NEVER}. */
    long acknowledgedAt() {
        return outcome.isOk() ? span.completed() : Span.NEVER;
    }

    @Override
    public String toString() {
        return "client "
                + client
                + "'s append of "
                + batch
                + (keyed ? " with key" : "")
                + (expected == ANY ? "" : " after " + expected)
                + " "
                + span
                + ", "
                + outcome;
    }
}

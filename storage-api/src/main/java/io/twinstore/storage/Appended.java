package io.twinstore.storage;

/**
 * What an append did.
 *
 * @param sessionId the session appended to
 * @param firstSequence the sequence of the first message
 * @param lastSequence the sequence of the last message
 * @param replayed whether an earlier call with the same idempotency key had done it already, and
 *     this one wrote nothing
 */
public record Appended(
        SessionId sessionId, long firstSequence, long lastSequence, boolean replayed) {}

package io.twinstore.storage;

/**
 * What replacing a transcript did.
 *
 * @param sessionId the session
 * @param baseSequence the sequence after which the current transcript begins
 * @param firstSequence the sequence of the first message that was appended; one more than the last
 *     where nothing was
 * @param lastSequence the session's last sequence
 * @param newGeneration whether the transcript began anew; otherwise the given one only went on
 * @param replayed whether an earlier call with the same idempotency key had done it already, and
 *     this one wrote nothing
 */
public record Replaced(
        SessionId sessionId,
        long baseSequence,
        long firstSequence,
        long lastSequence,
        boolean newGeneration,
        boolean replayed) {}

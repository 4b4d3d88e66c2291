package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;

/**
 * What a tail compares of a row of {@code session_heads}.
 *
 * @param revision moves with the session's record and participants, never with an append
 * @param incarnation tells the session from an earlier one of the same id
 */
public record TailHead(
        SessionId sessionId,
        long lastSeq,
        long baseSeq,
        long revision,
        long incarnation,
        boolean deleted) {}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import java.time.Instant;

/** A row of {@code session_appends}: what an append with an idempotency key did. */
public record AppendRow(
        SessionId sessionId,
        String idempotencyKey,
        long firstSeq,
        long lastSeq,
        @SuppressWarnings("ArrayRecordComponent") byte[] digest,
        Instant createdAt) {}

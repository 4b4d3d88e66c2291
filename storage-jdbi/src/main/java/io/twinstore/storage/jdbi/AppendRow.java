package io.twinstore.storage.jdbi;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.SessionId;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code session_appends}: what a call with an idempotency key did.
 *
 * @param digest what its messages mean
 * @param baseBefore where the transcript began before it was replaced, or null for an append
 * @param baseAfter where it began after that, or null for an append
 */
public record AppendRow(
        SessionId sessionId,
        String idempotencyKey,
        long firstSeq,
        long lastSeq,
        @SuppressWarnings("ArrayRecordComponent") byte[] digest,
        @Nullable Long baseBefore,
        @Nullable Long baseAfter,
        Instant createdAt) {

    /** Refuses a call that is of another kind, or whose messages mean something else. */
    void refuseOther(boolean replacing, byte[] other) {
        if (replacing != (baseAfter != null) || !MessageDigest.isEqual(digest, other)) {
            throw new ConflictException(
                    ConflictException.Reason.IDEMPOTENCY,
                    sessionId.value(),
                    idempotencyKey,
                    "sequences " + firstSeq + " to " + lastSeq);
        }
    }
}

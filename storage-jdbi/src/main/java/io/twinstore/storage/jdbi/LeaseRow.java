package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import java.time.Instant;

/** A row of {@code session_leases}; its token is the one that the session's head has. */
public record LeaseRow(
        SessionId sessionId, String holder, long token, Instant acquiredAt, Instant expiresAt) {

    SessionLease toLease() {
        return new SessionLease(sessionId, holder, token, expiresAt);
    }
}

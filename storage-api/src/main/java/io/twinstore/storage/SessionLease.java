package io.twinstore.storage;

import static java.util.Objects.requireNonNull;

import io.twinstore.storage.spi.TextRules;
import java.time.Instant;

/**
 * A session taken by one holder for a time, as it stood when it was acquired, renewed or read.
 *
 * <p>The token, not the time, is what guards the session: see {@link SessionStore#acquire}.
 *
 * @param sessionId the session
 * @param holder who has it: 1 to 255 characters, such as a host and process; no secret, since
 *     others are told
 * @param token the number to hand to {@link AppendOptions#fenced}; later leases of the session have
 *     higher ones
 * @param expiresAt from when on another holder may take the session, by the clock of the process
 *     that asked
 */
public record SessionLease(SessionId sessionId, String holder, long token, Instant expiresAt) {

    /**
     * @throws InvalidValueException when the holder or the token is out of bounds
     */
    public SessionLease {
        requireNonNull(sessionId, "sessionId");
        requireNonNull(holder, "holder");
        requireNonNull(expiresAt, "expiresAt");
        TextRules.requireId("lease.holder", holder);
        if (token < 1) {
            throw new InvalidValueException("lease.token", "1 or more", Long.toString(token));
        }
    }
}

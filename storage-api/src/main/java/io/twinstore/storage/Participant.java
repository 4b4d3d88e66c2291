package io.twinstore.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person in a session.
 *
 * @param sessionId the session
 * @param userId the person
 * @param role what the person may do
 * @param joinedAt when the person was added
 * @param lastActiveAt when the person was last seen in the session, or null; never goes back
 * @param permissions an object of the host's own; kept by meaning
 */
public record Participant(
        SessionId sessionId,
        UserId userId,
        ParticipantRole role,
        Instant joinedAt,
        @Nullable Instant lastActiveAt,
        Json permissions) {}

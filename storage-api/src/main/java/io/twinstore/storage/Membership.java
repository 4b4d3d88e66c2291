package io.twinstore.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as one of its participants sees it.
 *
 * @param session the session
 * @param role what the participant may do
 * @param joinedAt when the participant was added
 * @param lastActiveAt when the participant was last seen in the session, or null
 */
public record Membership(
        Session session, ParticipantRole role, Instant joinedAt, @Nullable Instant lastActiveAt) {}

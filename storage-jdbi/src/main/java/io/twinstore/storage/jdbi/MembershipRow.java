package io.twinstore.storage.jdbi;

import io.twinstore.storage.Membership;
import io.twinstore.storage.ParticipantRole;
import java.time.Instant;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/** A session joined with one of its participants. */
public record MembershipRow(
        @Nested SessionRow session,
        ParticipantRole participantRole,
        Instant joinedAt,
        @Nullable Instant lastActiveAt) {

    Membership toMembership() {
        return new Membership(session.toSession(), participantRole, joinedAt, lastActiveAt);
    }
}

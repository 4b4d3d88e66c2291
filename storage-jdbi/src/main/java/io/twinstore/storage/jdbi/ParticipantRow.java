package io.twinstore.storage.jdbi;

import io.twinstore.storage.Json;
import io.twinstore.storage.Participant;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code session_participants}. */
public record ParticipantRow(
        SessionId sessionId,
        UserId userId,
        ParticipantRole role,
        Instant joinedAt,
        @Nullable Instant lastActiveAt,
        Json permissions) {

    Participant toParticipant() {
        return new Participant(sessionId, userId, role, joinedAt, lastActiveAt, permissions);
    }
}

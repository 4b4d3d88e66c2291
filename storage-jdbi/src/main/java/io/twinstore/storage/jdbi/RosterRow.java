package io.twinstore.storage.jdbi;

import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.UserId;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/** A session with one of its participants, or with none, seen in one snapshot. */
public record RosterRow(
        @Nested TailHead head,
        SessionStatus status,
        @Nullable UserId userId,
        @Nullable ParticipantRole role) {}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Json;
import io.twinstore.storage.User;
import io.twinstore.storage.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code users}, with the sessions that the user owns, counted. */
public record UserRow(
        UserId userId,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable AppId lastSeenAppId,
        long totalSessions,
        Json metadata) {

    User toUser() {
        return new User(userId, firstSeen, lastSeen, lastSeenAppId, totalSessions, metadata);
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Json;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code sessions}, with what its head says of the transcript. */
public record SessionRow(
        SessionId sessionId,
        ConfigId configId,
        @Nullable UserId ownerUserId,
        @Nullable AppId createdByAppId,
        @Nullable AppId lastAccessedByAppId,
        SessionStatus status,
        Json metadata,
        long version,
        long lastSeq,
        long baseSeq,
        long messageCount,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastAccessedAt,
        Instant lastActivityAt,
        @Nullable Instant lastMessageAt,
        @Nullable Instant deletedAt) {

    SessionRow withId(SessionId id) {
        return new SessionRow(
                id,
                configId,
                ownerUserId,
                createdByAppId,
                lastAccessedByAppId,
                status,
                metadata,
                version,
                lastSeq,
                baseSeq,
                messageCount,
                createdAt,
                updatedAt,
                lastAccessedAt,
                lastActivityAt,
                lastMessageAt,
                deletedAt);
    }

    Session toSession() {
        return new Session(
                sessionId,
                configId,
                ownerUserId,
                createdByAppId,
                lastAccessedByAppId,
                status,
                metadata,
                version,
                lastSeq,
                baseSeq,
                messageCount,
                createdAt,
                updatedAt,
                lastAccessedAt,
                lastActivityAt,
                lastMessageAt,
                deletedAt);
    }
}

package io.twinstore.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session, as it stood when it was read; its transcript is read on its own.
 *
 * @param id its id
 * @param configId the config that it runs on
 * @param owner the first of its owners, or null when nobody owns it
 * @param createdByApp the application that created it, or null
 * @param lastAccessedByApp the application that touched it last, or null
 * @param status where it stands
 * @param metadata an object by which sessions are found; kept by meaning
 * @param version 1 at creation, one more at each update; appends do not move it
 * @param lastSequence the sequence of the last message ever appended, 0 before the first
 * @param baseSequence the sequence after which the current transcript begins: 0 until it is
 *     replaced by another; {@link MessageRange#after} reads from there
 * @param messageCount how many messages the current transcript has
 * @param createdAt when it was created
 * @param updatedAt when the record last changed, appends apart; never goes back
 * @param lastAccessedAt when an application touched it last, or null
 * @param lastActivityAt when something last happened in it, appends included; up to a minute behind
 *     them
 * @param lastMessageAt when the last message was appended, or null
 * @param deletedAt when it was deleted itself, or null
 */
public record Session(
        SessionId id,
        ConfigId configId,
        @Nullable UserId owner,
        @Nullable AppId createdByApp,
        @Nullable AppId lastAccessedByApp,
        SessionStatus status,
        Json metadata,
        long version,
        long lastSequence,
        long baseSequence,
        long messageCount,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastAccessedAt,
        Instant lastActivityAt,
        @Nullable Instant lastMessageAt,
        @Nullable Instant deletedAt) {}

package io.twinstore.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who was seen, as the record stood when it was read.
 *
 * @param id what the host's identity provider calls the person
 * @param firstSeen when the person was seen first
 * @param lastSeen when the person was seen last; never goes back
 * @param lastSeenApp the application that named itself last when it saw the person, or null
 * @param totalSessions how many live sessions the person owns, counted when the record was read:
 *     what {@link SessionStore#count} says for that {@linkplain Session#owner owner}
 * @param metadata an object by which people are found; kept by meaning
 */
public record User(
        UserId id,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable AppId lastSeenApp,
        long totalSessions,
        Json metadata) {}

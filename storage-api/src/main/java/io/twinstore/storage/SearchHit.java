package io.twinstore.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a search found.
 *
 * @param sessionId the session it belongs to
 * @param sequence its place in the session
 * @param role the message's role, or null where it has none
 * @param createdAt when it was appended
 * @param score how well it answers the query, in millionths; it depends on the query and the
 *     message alone, so scores of one query compare across pages and databases
 * @param snippet the part of it that shows best what was found
 */
public record SearchHit(
        SessionId sessionId,
        long sequence,
        @Nullable String role,
        Instant createdAt,
        long score,
        Snippet snippet) {}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.jdbi.ScopeConditions.SessionInScope;
import java.time.Instant;
import org.jdbi.v3.core.mapper.Nested;

/**
 * A session, where sessions are listed in the order of creation.
 *
 * @param session the session
 * @param incarnation tells it from an earlier one of its id
 */
public record CreatedRow(@Nested SessionRow session, long incarnation) {

    /** A place in the order: the latest creation first, then by id. */
    record Place(Instant createdAt, String sessionId) {}

    Place place() {
        return new Place(session.createdAt(), session.sessionId().value());
    }

    SessionInScope inScope() {
        return new SessionInScope(session.sessionId(), incarnation);
    }
}

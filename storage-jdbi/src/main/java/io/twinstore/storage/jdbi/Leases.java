package io.twinstore.storage.jdbi;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.spi.TextRules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Gives sessions to one holder at a time.
 *
 * <p>Whether a token is good is the head's to say, on the row that an append locks anyway; the
 * lease's own row only keeps who holds the session and until when others wait. Every change holds
 * the head and leaves a mark on it, so that a transaction whose snapshot is older fails rather than
 * decide on what it saw before.
 */
final class Leases {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Handles handles;
    private final StoreTools tools;
    private final Access access;

    Leases(Handles handles, StoreTools tools, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.access = access;
    }

    SessionLease acquire(SessionId id, String holder, Duration ttl) {
        TextRules.requireId("lease.holder", holder);
        refuseOutOfBounds(ttl);
        return handles.write(
                handle -> {
                    HeadRow head = locked(handle, id);
                    Instant now = tools.clock().now();
                    Optional<LeaseRow> held = tools.leases(handle).find(id);
                    if (held.isPresent()) {
                        refuseOther(held.get(), holder, now);
                    }
                    LeaseRow row = new LeaseRow(id, holder, next(head, now), now, expiry(now, ttl));
                    tools.leases(handle).fence(id, row.token());
                    tools.leases(handle).put(row);
                    return row.toLease();
                });
    }

    SessionLease renew(SessionLease lease, Duration ttl) {
        refuseOutOfBounds(ttl);
        SessionId id = lease.sessionId();
        return handles.write(
                handle -> {
                    HeadRow head = locked(handle, id);
                    LeaseRow held =
                            held(handle, lease).orElseThrow(() -> overtaken(lease, head.fence()));
                    Instant expiresAt = expiry(tools.clock().now(), ttl);
                    tools.leases(handle).extend(id, expiresAt);
                    tools.leases(handle).fence(id, held.token());
                    return new SessionLease(id, held.holder(), held.token(), expiresAt);
                });
    }

    boolean release(SessionLease lease) {
        SessionId id = lease.sessionId();
        return handles.write(
                handle -> {
                    if (access.lockHead(handle, id, ParticipantRole.EDITOR) == null
                            || held(handle, lease).isEmpty()) {
                        return false;
                    }
                    tools.leases(handle).fence(id, lease.token() + 1);
                    return tools.leases(handle).delete(id) == 1;
                });
    }

    /** Returns the session's lease where it is still this one. */
    private Optional<LeaseRow> held(Handle handle, SessionLease lease) {
        return tools.leases(handle)
                .find(lease.sessionId())
                .filter(row -> row.token() == lease.token());
    }

    private static ConflictException overtaken(SessionLease lease, long latest) {
        return new ConflictException(
                ConflictException.Reason.FENCED,
                lease.sessionId().value(),
                Long.toString(lease.token()),
                Long.toString(latest));
    }

    Optional<SessionLease> of(SessionId id) {
        return access.read(
                handles,
                id,
                handle -> tools.leases(handle).find(id).map(LeaseRow::toLease),
                Optional::empty);
    }

    private HeadRow locked(Handle handle, SessionId id) {
        @Nullable HeadRow head = access.lockHead(handle, id, ParticipantRole.EDITOR);
        if (head == null || head.deleted()) {
            throw new NotFoundException("session", id.value());
        }
        return head;
    }

    private static void refuseOther(LeaseRow held, String holder, Instant now) {
        if (!held.holder().equals(holder) && now.isBefore(held.expiresAt())) {
            throw new ConflictException(
                    ConflictException.Reason.LEASED,
                    held.sessionId().value(),
                    holder,
                    "'" + held.holder() + "' until " + held.expiresAt());
        }
    }

    /**
     * Returns a token above every earlier one of the session. It starts from the clock, so that a
     * token of a purged session is none of the session that has its id now.
     */
    private static long next(HeadRow head, Instant now) {
        return Math.max(head.fence() + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    }

    /** Returns when the lease expires: not before the whole time has passed. */
    private static Instant expiry(Instant now, Duration ttl) {
        return MicroClock.bound(now.plus(ttl));
    }

    private static void refuseOutOfBounds(Duration ttl) {
        if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(
                    "lease.ttl", "1 millisecond to 24 hours", ttl.toString());
        }
    }
}

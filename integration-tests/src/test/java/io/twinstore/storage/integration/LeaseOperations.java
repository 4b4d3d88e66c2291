package io.twinstore.storage.integration;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes up calls that take sessions, keep them and give them back. */
final class LeaseOperations {

    private static final List<String> HOLDERS = List.of("a", "A", "\uD83D\uDE80", "");

    private final ValuePool pool;

    LeaseOperations(ValuePool pool) {
        this.pool = pool;
    }

    private static Operation on(String text, Function<SessionStore, @Nullable Object> call) {
        return new Operation("sessions." + text, (stores, side) -> call.apply(stores.sessions()));
    }

    Operation next() {
        SessionId id = pool.session();
        Duration ttl =
                pool.rarely(10) ? Duration.ofDays(2) : Duration.ofSeconds(1 + pool.below(60));
        String holder = HOLDERS.get(pool.below(pool.rarely(10) ? 4 : 3));
        long older = pool.rarely(4) ? 1 : 0;
        return switch (pool.below(6)) {
            case 0, 1, 2 ->
                    on(
                            "acquire " + id + " " + holder + " " + ttl,
                            sessions -> sessions.acquire(id, holder, ttl));
            case 3 ->
                    on(
                            "renew " + id + " -" + older + " " + ttl,
                            sessions -> sessions.renew(lease(sessions, id, older), ttl));
            case 4 ->
                    on(
                            "release " + id + " -" + older,
                            sessions -> sessions.release(lease(sessions, id, older)));
            default -> on("leaseOf " + id, sessions -> sessions.leaseOf(id));
        };
    }

    /** Returns the lease that the session is under, or one with a token so much older. */
    static SessionLease lease(SessionStore sessions, SessionId id, long older) {
        return sessions.leaseOf(id)
                .map(
                        held ->
                                new SessionLease(
                                        id, held.holder(), held.token() - older, held.expiresAt()))
                .orElseGet(() -> new SessionLease(id, "nobody", 7, Instant.EPOCH));
    }
}

package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.doesAndClaims;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link LeaseClauses} check. */
final class LeaseSaboteurs {

    private LeaseSaboteurs() {}

    static List<Saboteur> all() {
        return List.of(
                acquiring("LEA-ACQUIRE-001", "forgets the expiry", answers("expiresAt", START)),
                sessions("LEA-ACQUIRE-001", "leaseOf", "hides leases", claims(Optional.empty())),
                acquiring("LEA-ACQUIRE-002", "takes from anyone", LeaseSaboteurs::steal),
                acquiring(
                        "LEA-ACQUIRE-002",
                        "reports a lease as a fault of the database",
                        misreports(ConflictException.class)),
                acquiring("LEA-ACQUIRE-003", "waits for ever", LeaseSaboteurs::refuseAlways),
                acquiring("LEA-ACQUIRE-003", "hands the token on", LeaseSaboteurs::keepToken),
                acquiring("LEA-ACQUIRE-004", "renews instead", LeaseSaboteurs::renewOwn),
                acquiring(
                        "LEA-ACQUIRE-005",
                        "takes what is not there",
                        insteadOf(NotFoundException.class, LeaseSaboteurs::pretended)),
                sessions(
                        "LEA-ACQUIRE-005",
                        "renew",
                        "renews what is not there",
                        insteadOf(NotFoundException.class, call -> call.arg(SessionLease.class))),
                sessions("LEA-ACQUIRE-005", "release", "agrees always", doesAndClaims(true)),
                acquiring(
                        "LEA-ACQUIRE-006",
                        "takes any time",
                        insteadOf(InvalidValueException.class, LeaseSaboteurs::pretended)),
                acquiring("LEA-ACQUIRE-006", "writes, then checks", LeaseSaboteurs::writeFirst),
                sessions("LEA-RENEW-001", "renew", "only says so", LeaseSaboteurs::sayRenewed),
                sessions("LEA-RENEW-001", "renew", "acquires anew", LeaseSaboteurs::acquireAnew),
                sessions("LEA-RENEW-002", "renew", "acquires anew", LeaseSaboteurs::acquireAnew),
                sessions(
                        "LEA-RENEW-003",
                        "renew",
                        "renews what is gone",
                        insteadOf(ConflictException.class, call -> call.arg(SessionLease.class))),
                sessions("LEA-RELEASE-001", "release", "only says so", claims(true)),
                sessions(
                        "LEA-RELEASE-001",
                        "append",
                        "takes a released token",
                        FencingSaboteurs.unfenced()),
                sessions(
                        "LEA-RELEASE-002",
                        "release",
                        "releases whoever has it",
                        LeaseSaboteurs::releaseAny),
                acquiring("LEA-TOKEN-001", "numbers by the clock", LeaseSaboteurs::clockToken),
                acquiring("LEA-TOKEN-002", "counts from 1", answers("token", 1L)));
    }

    private static Saboteur acquiring(String clause, String deed, Interceptor how) {
        return sessions(clause, "acquire", deed, how);
    }

    /** Releases what another holds, then acquires. */
    private static @Nullable Object steal(Call call) throws Throwable {
        call.sessions().leaseOf(call.arg(SessionId.class)).ifPresent(call.sessions()::release);
        return call.proceed();
    }

    private static @Nullable Object refuseAlways(Call call) throws Throwable {
        SessionId id = call.arg(SessionId.class);
        if (call.sessions().leaseOf(id).isPresent()) {
            throw new ConflictException(
                    ConflictException.Reason.LEASED, id.value(), call.arg(String.class), "one");
        }
        return call.proceed();
    }

    private static @Nullable Object keepToken(Call call) throws Throwable {
        Optional<SessionLease> before = call.sessions().leaseOf(call.arg(SessionId.class));
        Object lease = call.proceed();
        return before.isEmpty() ? lease : with(lease, "token", before.get().token());
    }

    private static @Nullable Object renewOwn(Call call) throws Throwable {
        Optional<SessionLease> held = call.sessions().leaseOf(call.arg(SessionId.class));
        return held.isPresent() && held.get().holder().equals(call.arg(String.class))
                ? call.sessions().renew(held.get(), call.arg(Duration.class))
                : call.proceed();
    }

    /** Answers like an acquisition, and does nothing. */
    static Object pretended(Call call) {
        return new SessionLease(call.arg(SessionId.class), "pretended", 1, START);
    }

    private static @Nullable Object writeFirst(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (InvalidValueException e) {
            call.sessions().acquire(call.arg(SessionId.class), "other", Duration.ofMinutes(1));
            throw e;
        }
    }

    private static Object sayRenewed(Call call) {
        SessionLease lease = call.arg(SessionLease.class);
        return with(lease, "expiresAt", lease.expiresAt().plusSeconds(30));
    }

    private static Object acquireAnew(Call call) {
        SessionLease lease = call.arg(SessionLease.class);
        return call.sessions().acquire(lease.sessionId(), lease.holder(), call.arg(Duration.class));
    }

    private static Object releaseAny(Call call) {
        SessionId id = call.arg(SessionLease.class).sessionId();
        return call.sessions().leaseOf(id).map(call.sessions()::release).orElse(false);
    }

    private static Object clockToken(Call call) throws Throwable {
        SessionLease lease = (SessionLease) Objects.requireNonNull(call.proceed());
        Instant now = lease.expiresAt().minus(call.arg(Duration.class));
        return with(lease, "token", ChronoUnit.MICROS.between(Instant.EPOCH, now));
    }
}

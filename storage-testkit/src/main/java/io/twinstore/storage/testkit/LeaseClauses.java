package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.ConflictException.Reason;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Acquires, renews and releases sessions. */
final class LeaseClauses {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MICRO = Duration.of(1, ChronoUnit.MICROS);

    @Clause(id = "LEA-ACQUIRE-001")
    void acquires(ClauseContext given) {
        SessionId id = given.session().id();
        assertThat(given.sessions().leaseOf(id)).as("the lease before").isEmpty();

        SessionLease lease = given.sessions().acquire(id, "worker 7 " + Samples.EMOJI, MINUTE);

        assertThat(lease.sessionId()).as("the session").isEqualTo(id);
        assertThat(lease.holder()).as("the holder").isEqualTo("worker 7 " + Samples.EMOJI);
        assertThat(lease.token()).as("the token").isPositive();
        assertThat(lease.expiresAt())
                .as("the expiry")
                .isEqualTo(given.clock().instant().plus(MINUTE));
        assertThat(given.sessions().leaseOf(id)).as("the lease after").contains(lease);
    }

    @Clause(id = "LEA-ACQUIRE-002")
    void othersWait(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = given.sessions().acquire(id, "one", MINUTE);
        given.clock().move(MINUTE.minus(MICRO));

        ConflictException refusal =
                Expect.conflict(Reason.LEASED, () -> given.sessions().acquire(id, "other", MINUTE));

        assertThat(refusal.id()).as("the record in conflict").isEqualTo(id.value());
        assertThat(refusal.expected()).as("who asked").isEqualTo("other");
        assertThat(refusal.actual())
                .as("who has it, and until when")
                .contains("one", lease.expiresAt().toString());
        assertThat(given.sessions().leaseOf(id)).as("the lease").contains(lease);
        assertThat(given.sessions().append(id, List.of(message()), fence(lease)).firstSequence())
                .as("what the holder appends")
                .isEqualTo(1);
    }

    @Clause(id = "LEA-ACQUIRE-003")
    void expiredLeasesAreTaken(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = given.sessions().acquire(id, "one", MINUTE);
        given.clock().set(lease.expiresAt());

        SessionLease next = Expect.answer(() -> given.sessions().acquire(id, "other", MINUTE));

        assertThat(next.token()).as("the next token").isGreaterThan(lease.token());
        assertThat(next.holder()).as("the next holder").isEqualTo("other");
        assertThat(given.sessions().leaseOf(id)).as("the lease").contains(next);
    }

    @Clause(id = "LEA-ACQUIRE-004")
    void holdersTakeOverFromThemselves(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = given.sessions().acquire(id, "one", MINUTE);

        SessionLease again = given.sessions().acquire(id, "one", MINUTE);

        assertThat(again.token()).as("the next token").isGreaterThan(lease.token());
        isStale(given, lease, again.token());
    }

    @Clause(id = "LEA-ACQUIRE-005")
    void unknownAndDeleted(ClauseContext given) {
        SessionId unknown = given.sessionId();
        SessionLease made = new SessionLease(unknown, "one", 1, ClauseContext.START);
        Session deleted = given.session();
        SessionLease before = given.sessions().acquire(deleted.id(), "one", MINUTE);
        given.sessions().delete(deleted.id());

        for (SessionLease lease : List.of(made, before)) {
            SessionId id = lease.sessionId();
            Expect.notFound("session", id, () -> given.sessions().acquire(id, "one", MINUTE));
            Expect.notFound("session", id, () -> given.sessions().renew(lease, MINUTE));
            assertThat(given.sessions().release(lease)).as("released").isFalse();
            assertThat(given.sessions().leaseOf(id)).as("the lease").isEmpty();
        }
        given.sessions().restore(deleted.id());
        assertThat(given.sessions().leaseOf(deleted.id())).as("restored").contains(before);
    }

    @Clause(id = "LEA-ACQUIRE-006")
    void bounds(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = given.sessions().acquire(id, "one", Duration.ofMillis(1));
        given.clock().move(MINUTE);

        for (Duration wrong :
                List.of(
                        Duration.ZERO,
                        Duration.ofSeconds(-1),
                        Duration.ofMillis(1).minusNanos(1),
                        Duration.ofHours(24).plusNanos(1),
                        Duration.ofSeconds(Long.MAX_VALUE))) {
            Expect.refused("ttl", () -> given.sessions().acquire(id, "other", wrong));
            Expect.refused("ttl", () -> given.sessions().renew(lease, wrong));
        }
        for (String wrong : List.of("", "x".repeat(256), Samples.NUL, Samples.LONE_SURROGATE)) {
            InvalidValueException refusal =
                    Expect.refused("holder", () -> given.sessions().acquire(id, wrong, MINUTE));
            assertThat(refusal.bound()).as("what is allowed").isNotBlank();
        }
        assertThat(given.sessions().leaseOf(id)).as("the lease").contains(lease);

        String longest = Samples.EMOJI.repeat(255);
        assertThat(given.sessions().acquire(id, longest, Duration.ofHours(24)).holder())
                .as("the longest holder")
                .isEqualTo(longest);
    }

    @Clause(id = "LEA-RENEW-001")
    void renews(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = given.sessions().acquire(id, "one", MINUTE);
        given.clock().move(Duration.ofSeconds(30));

        SessionLease renewed = given.sessions().renew(lease, MINUTE);

        assertThat(renewed)
                .as("the renewed lease")
                .isEqualTo(
                        new SessionLease(
                                id, "one", lease.token(), given.clock().instant().plus(MINUTE)));
        assertThat(given.sessions().leaseOf(id)).as("the lease").contains(renewed);
        given.clock().set(lease.expiresAt());
        Expect.conflict(Reason.LEASED, () -> given.sessions().acquire(id, "other", MINUTE));
        given.clock().set(renewed.expiresAt());
        assertThat(given.sessions().acquire(id, "other", MINUTE).token())
                .as("the next token")
                .isGreaterThan(lease.token());
    }

    @Clause(id = "LEA-RENEW-002")
    void renewsWhatNobodyTook(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = given.sessions().acquire(id, "one", MINUTE);
        given.clock().move(Duration.ofHours(2));

        SessionLease renewed = given.sessions().renew(lease, MINUTE);

        assertThat(renewed.token()).as("the token").isEqualTo(lease.token());
        Expect.conflict(Reason.LEASED, () -> given.sessions().acquire(id, "other", MINUTE));
    }

    @Clause(id = "LEA-RENEW-003")
    void neverRenewsWhatIsGone(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease overtaken = given.sessions().acquire(id, "one", MINUTE);
        given.clock().move(MINUTE);
        SessionLease next = given.sessions().acquire(id, "other", MINUTE);

        Expect.conflict(
                Reason.FENCED,
                overtaken.token(),
                next.token(),
                () -> given.sessions().renew(overtaken, MINUTE));

        assertThat(given.sessions().leaseOf(id)).as("the lease").contains(next);
        given.sessions().release(next);
        Expect.conflict(Reason.FENCED, () -> given.sessions().renew(next, MINUTE));
        assertThat(given.sessions().leaseOf(id)).as("the lease").isEmpty();
    }

    @Clause(id = "LEA-RELEASE-001")
    void releasedIsFree(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = given.sessions().acquire(id, "one", MINUTE);

        assertThat(given.sessions().release(lease)).as("released").isTrue();

        assertThat(given.sessions().leaseOf(id)).as("the lease").isEmpty();
        ConflictException refusal =
                Expect.conflict(
                        Reason.FENCED,
                        () -> given.sessions().append(id, List.of(message()), fence(lease)));
        assertThat(refusal.expected())
                .as("the stale token")
                .isEqualTo(Long.toString(lease.token()));
        assertThat(given.sessions().acquire(id, "other", MINUTE).token())
                .as("the next token")
                .isGreaterThan(lease.token());
    }

    @Clause(id = "LEA-RELEASE-002")
    void releasesOnlyItsOwn(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = given.sessions().acquire(id, "one", MINUTE);
        given.clock().move(MINUTE);
        SessionLease next = given.sessions().acquire(id, "other", MINUTE);

        assertThat(given.sessions().release(lease)).as("released by the former").isFalse();
        assertThat(given.sessions().leaseOf(id)).as("the lease").contains(next);
        assertThat(given.sessions().release(next)).as("released by the holder").isTrue();
        assertThat(given.sessions().release(next)).as("released once more").isFalse();
    }

    @Clause(id = "LEA-TOKEN-001")
    void tokensRise(ClauseContext given) {
        SessionId id = given.session().id();
        List<Long> tokens = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            tokens.add(given.sessions().acquire(id, "one", MINUTE).token());
            release(given, id);
            tokens.add(given.sessions().acquire(id, "one", MINUTE).token());
            tokens.add(given.sessions().acquire(id, "one", Duration.ofMillis(1)).token());
            given.clock().move(Duration.ofSeconds(1));
            tokens.add(given.sessions().acquire(id, "other", MINUTE).token());
            release(given, id);
            given.clock().move(Duration.ofHours(-1));
        }
        assertThat(tokens).as("tokens").isSorted().doesNotHaveDuplicates();
    }

    private static void release(ClauseContext given, SessionId id) {
        given.sessions().leaseOf(id).ifPresent(given.sessions()::release);
    }

    @Clause(id = "LEA-TOKEN-002")
    void tokensOfAPurgedSessionAreStale(ClauseContext given) {
        Session session = given.session();
        SessionLease lease = given.sessions().acquire(session.id(), "one", MINUTE);
        given.sessions().purge(session.id());
        given.clock().move(MICRO);
        given.sessions().create(NewSession.on(session.configId()).id(session.id()));

        assertThat(given.sessions().leaseOf(session.id())).as("the lease").isEmpty();
        SessionLease next = given.sessions().acquire(session.id(), "other", MINUTE);
        assertThat(next.token()).as("the token").isGreaterThan(lease.token());
        isStale(given, lease, next.token());
    }

    private static NewMessage message() {
        return NewMessage.user("a");
    }

    private static AppendOptions fence(SessionLease lease) {
        return AppendOptions.fenced(lease.token());
    }

    private static void isStale(ClauseContext given, SessionLease lease, long latest) {
        Expect.conflict(
                Reason.FENCED,
                lease.token(),
                latest,
                () -> given.sessions().append(lease.sessionId(), List.of(message()), fence(lease)));
        assertThat(given.sessions().get(lease.sessionId()).lastSequence()).as("written").isZero();
    }
}

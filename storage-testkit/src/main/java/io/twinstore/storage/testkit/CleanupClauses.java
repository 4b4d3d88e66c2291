package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Aged.MICRO;
import static io.twinstore.storage.testkit.Aged.MONTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.Storage;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.UserId;
import io.twinstore.storage.Visibility;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Deleting sessions that have been inactive for long. */
final class CleanupClauses {

    private static boolean isLive(ClauseContext given, SessionId id) {
        return given.sessions().exists(id);
    }

    @Clause(id = "RET-CLEANUP-001")
    void deletesTheOldAndCounts(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config config = given.config();
        List<SessionId> old = Aged.sessions(given, config, 2).toList();
        given.clock().move(Duration.ofDays(60));
        SessionId fresh = Aged.session(given, config);

        assertThat(given.sessions().cleanup(MONTH)).as("sessions deleted").isEqualTo(2);
        assertThat(old).as("sessions of 60 days").noneMatch(id -> isLive(given, id));
        assertThat(isLive(given, fresh)).as("a fresh session is there").isTrue();
        assertThat(given.configs().find(config.id())).as("the config").isPresent();
        assertThat(given.sessions().cleanup(MONTH)).as("deleted the second time").isZero();
    }

    @Clause(id = "RET-CLEANUP-002")
    void isStrict(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config config = given.config();
        SessionId older = Aged.session(given, config);
        given.clock().move(MICRO);
        SessionId asOld = Aged.session(given, config);
        given.clock().move(MICRO);
        SessionId younger = Aged.session(given, config);
        given.clock().move(MONTH.minus(MICRO));

        assertThat(given.sessions().cleanup(MONTH)).as("sessions deleted").isEqualTo(1);
        assertThat(isLive(given, older)).as("one that is older is there").isFalse();
        assertThat(isLive(given, asOld)).as("one that is exactly as old is there").isTrue();
        assertThat(isLive(given, younger)).as("one that is younger is there").isTrue();
    }

    @Clause(id = "RET-CLEANUP-003")
    void lastMessageCountsExactly(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config config = given.config();
        List<SessionId> two = Aged.sessions(given, config, 2).toList();
        // Within the minute, so the last activity does not move.
        given.clock().move(Duration.ofSeconds(30));
        given.sessions().append(two.get(0), NewMessage.user("still here"));
        given.clock().move(MONTH.minusSeconds(15));

        assertThat(given.sessions().cleanup(MONTH)).as("sessions deleted").isEqualTo(1);
        assertThat(isLive(given, two.get(0)))
                .as("one whose last message is younger is there")
                .isTrue();
        assertThat(isLive(given, two.get(1))).as("one without a message is there").isFalse();
        given.clock().move(Duration.ofSeconds(16));
        assertThat(given.sessions().cleanup(MONTH)).as("once its message is old").isEqualTo(1);
    }

    @Clause(id = "RET-CLEANUP-004")
    void everyActivitySpares(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        List<SessionId> four = Aged.sessions(given, given.config(), 4).toList();
        given.clock().move(Duration.ofDays(1));
        given.sessions()
                .update(four.get(0), SessionUpdate.nothing().status(SessionStatus.COMPLETED));
        given.sessions().touch(four.get(1), given.app("app"));
        given.sessions().append(four.get(2), NewMessage.user("hello"));
        given.clock().move(MONTH);

        assertThat(given.sessions().cleanup(MONTH)).as("sessions deleted").isEqualTo(1);
        assertThat(four.stream().map(id -> isLive(given, id)))
                .as("updated, touched, appended to and untouched are there")
                .containsExactly(true, true, true, false);
        given.clock().move(MICRO);
        assertThat(given.sessions().cleanup(MONTH)).as("once they are old, too").isEqualTo(3);
    }

    @Clause(id = "RET-CLEANUP-005")
    void canBeRestored(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        UserId owner = given.user("owner");
        Session session = given.sessionOf(owner);
        given.sessions().append(session.id(), NewMessage.user("one"));
        Instant now = given.clock().move(Duration.ofDays(60));
        given.sessions().cleanup(MONTH);

        SessionFilter deleted = SessionFilter.builder().visibility(Visibility.DELETED).build();
        List<Session> found = Expect.walk(10, page -> given.sessions().list(deleted, page));
        assertThat(found).as("deleted sessions").extracting(Session::id).containsOnly(session.id());
        assertThat(found.get(0).deletedAt()).as("deleted at").isEqualTo(now);
        assertThat(found.get(0).updatedAt()).as("updated at").isEqualTo(now);
        assertThat(found.get(0).version()).as("version").isEqualTo(2);
        assertThat(given.sessions().restore(session.id())).as("restored").isTrue();
        assertThat(given.sessions().transcript(session.id()).messages())
                .as("messages")
                .extracting(Message::sequence)
                .containsExactly(1L);
        assertThat(given.sessions().participants(session.id())).as("participants").hasSize(1);
    }

    @Clause(id = "RET-CLEANUP-006")
    void sparesWhatIsHidden(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config config = given.config();
        SessionId deleted = Aged.session(given, config);
        given.sessions().delete(deleted);
        Config hidden = given.config();
        SessionId under = Aged.session(given, hidden);
        given.configs().delete(hidden.id());
        given.clock().move(Duration.ofDays(60));

        assertThat(given.sessions().cleanup(MONTH)).as("sessions deleted").isZero();
        given.configs().restore(hidden.id());
        assertThat(isLive(given, under)).as("one of a restored config is there").isTrue();
        assertThat(given.sessions().restore(deleted)).as("one deleted before").isTrue();
    }

    @Clause(id = "RET-CLEANUP-007")
    void sparesWhatIsHeld(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        List<SessionId> two = Aged.sessions(given, given.config(), 2).toList();
        given.sessions().hold(two.get(0));
        given.clock().move(Duration.ofDays(60));

        assertThat(given.sessions().cleanup(MONTH)).as("sessions deleted").isEqualTo(1);
        assertThat(isLive(given, two.get(0))).as("the held one is there").isTrue();
        given.sessions().releaseHold(two.get(0));
        assertThat(given.sessions().cleanup(MONTH)).as("once it is released").isEqualTo(1);
    }

    @Clause(id = "RET-CLEANUP-008")
    void takesManyOfOneInstant(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config config = given.config();
        List<SessionId> old = Aged.sessions(given, config, 410).toList();
        old.stream().limit(3).forEach(id -> given.sessions().hold(id));
        given.clock().move(Duration.ofDays(60));

        assertThat(given.sessions().cleanup(MONTH)).as("sessions deleted").isEqualTo(407);
        assertThat(given.sessions().count(SessionFilter.all())).as("sessions left").isEqualTo(3);
    }

    @Clause(id = "RET-CLEANUP-009")
    void looksAgainUnderTheLock(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        List<SessionId> two = Aged.sessions(given, given.config(), 2).toList();
        given.clock().move(Duration.ofDays(60));
        // Asked for the time again, the storage has found its sessions and not yet locked them.
        AtomicInteger asked = new AtomicInteger();
        Storage interrupted =
                given.open(
                        options ->
                                options.clock(
                                        () -> {
                                            if (asked.incrementAndGet() == 2) {
                                                given.sessions()
                                                        .append(
                                                                two.get(0),
                                                                NewMessage.user("back again"));
                                            }
                                            return given.clock().instant();
                                        }));

        long count = interrupted.sessions().cleanup(MONTH);

        boolean appended = asked.get() >= 2;
        assertThat(isLive(given, two.get(0)))
                .as("the session that became active meanwhile is there")
                .isEqualTo(appended);
        assertThat(isLive(given, two.get(1))).as("the other is there").isFalse();
        assertThat(count).as("sessions deleted").isEqualTo(appended ? 1 : 2);
    }

    @Clause(id = "RET-CLEANUP-010")
    void appendOrCleanupGetsASession(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        List<SessionId> old = Aged.sessions(given, given.config(), 40).toList();
        given.clock().move(Duration.ofDays(60));

        List<Outcome<Object>> outcomes =
                Together.run(
                        5,
                        thread ->
                                thread == 0
                                        ? (Object) given.sessions().cleanup(MONTH)
                                        : appendedTo(given, old));

        assertThat(Outcome.errors(outcomes)).as("calls that failed").isEmpty();
        List<Object> answers = Outcome.values(outcomes);
        for (SessionId id : old) {
            boolean appended = answers.subList(1, 5).stream().anyMatch(a -> contains(a, id));
            assertThat(isLive(given, id))
                    .as("%s is there, and took a message: %s", id, appended)
                    .isEqualTo(appended);
        }
        assertThat(answers.get(0))
                .as("sessions deleted")
                .isEqualTo(old.stream().filter(id -> !isLive(given, id)).count());
    }

    private static boolean contains(Object answer, SessionId id) {
        return ((List<?>) answer).contains(id);
    }

    /** Appends to each, and returns those where that succeeded. */
    private static List<SessionId> appendedTo(ClauseContext given, List<SessionId> sessions) {
        return sessions.stream()
                .filter(
                        id -> {
                            try {
                                given.sessions()
                                        .append(
                                                id,
                                                List.of(NewMessage.user("hello")),
                                                AppendOptions.plain());
                                return true;
                            } catch (NotFoundException e) {
                                return false;
                            }
                        })
                .toList();
    }

    @Clause(id = "RET-CLEANUP-011")
    void refusesBadAges(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        SessionId session = Aged.session(given, given.config());

        Aged.refusesBadAges(given.sessions(), (store, age) -> store.cleanup(age));
        assertThat(given.sessions().cleanup(Duration.ZERO)).as("older than now").isZero();
        assertThat(isLive(given, session)).as("the session is there").isTrue();
    }

    @Clause(id = "RET-CLEANUP-012")
    void knowsTheAgeOfItsOptions(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config config = given.config();
        SessionId older = Aged.session(given, config);
        given.clock().move(MICRO);
        SessionId asOld = Aged.session(given, config);
        given.clock().move(Duration.ofDays(7));
        Storage aging = given.open(options -> options.maxSessionAge(Duration.ofDays(7)));

        Expect.refused("maxSessionAge", () -> given.sessions().cleanup());
        assertThat(isLive(given, older)).as("deleted by nobody").isTrue();
        assertThat(aging.sessions().cleanup()).as("sessions deleted").isEqualTo(1);
        assertThat(isLive(given, older)).as("one of over seven days is there").isFalse();
        assertThat(isLive(given, asOld)).as("one of seven days is there").isTrue();
    }

    @Clause(id = "RET-CLEANUP-013")
    void worksInNobodysTransaction(ClauseContext given) throws SQLException {
        Aged.refusedWithin(given, store -> store.cleanup(MONTH));
    }

    @Clause(id = "RET-CLEANUP-014")
    void tellsTails(ClauseContext shared) throws InterruptedException {
        ClauseContext given = shared.fresh();
        SessionId session = Aged.session(given, given.config());
        given.clock().move(Duration.ofDays(60));
        try (Tail tail = given.sessions().tail(session, 0)) {
            given.sessions().cleanup(MONTH);

            assertThat(Tailing.next(tail)).isEqualTo(new TailEvent.SessionDeleted(session));
        }
    }

    @Clause(id = "RET-CLEANUP-015")
    void endsWhenInterrupted(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        SessionId session = given.sessions().create(NewSession.on(given.config().id())).id();
        given.clock().move(Duration.ofDays(60));
        Thread.currentThread().interrupt();
        long count = given.sessions().cleanup(MONTH);

        assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
        assertThat(count).as("sessions deleted").isZero();
        assertThat(isLive(given, session)).as("the session is there").isTrue();
        assertThat(given.sessions().cleanup(MONTH)).as("the next time").isEqualTo(1);
    }
}

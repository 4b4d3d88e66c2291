package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Aged.MICRO;
import static io.twinstore.storage.testkit.Aged.MONTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.Visibility;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Removing what was deleted for long, and keeping sessions from it. */
final class PurgingClauses {

    private static final SessionFilter ANY =
            SessionFilter.builder().visibility(Visibility.ANY).build();

    @Clause(id = "RET-PURGE-001")
    void purgesWhatWasDeletedLongAgo(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config config = given.config();
        List<SessionId> four = Aged.sessions(given, config, 4).toList();
        given.sessions().delete(four.get(0));
        given.clock().move(MICRO);
        given.sessions().delete(four.get(1));
        given.clock().move(MICRO);
        given.sessions().delete(four.get(2));
        given.clock().move(MONTH.minus(MICRO));

        assertThat(given.sessions().purgeDeleted(MONTH)).as("sessions removed").isEqualTo(1);
        assertThat(Expect.walk(10, page -> given.sessions().list(ANY, page)))
                .as("deleted exactly as long ago, later and never")
                .extracting(Session::id)
                .containsExactlyInAnyOrderElementsOf(four.subList(1, 4));
        assertThat(given.sessions().exists(four.get(3))).as("the live one is there").isTrue();
    }

    @Clause(id = "RET-PURGE-002")
    void takesEverything(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config config = given.config();
        NewSession session =
                NewSession.on(config.id()).id(given.sessionId()).owner(given.user("owner"));
        SessionId id = given.sessions().create(session).id();
        List<NewMessage> messages = List.of(NewMessage.user("one"));
        given.sessions().append(id, messages, AppendOptions.once("key"));
        given.sessions().delete(id);
        given.clock().move(Duration.ofDays(60));

        assertThat(given.sessions().purgeDeleted(MONTH)).as("sessions removed").isEqualTo(1);
        assertThat(given.sessions().purge(id)).as("something is left").isFalse();
        given.sessions().create(NewSession.on(config.id()).id(id));
        assertThat(given.sessions().participants(id)).as("participants").isEmpty();
        assertThat(given.sessions().transcript(id).messages()).as("messages").isEmpty();
        assertThat(given.sessions().append(id, messages, AppendOptions.once("key")).firstSequence())
                .as("the first sequence, with a key used before the purge")
                .isEqualTo(1);
    }

    @Clause(id = "RET-PURGE-003")
    void purgesWhatWasDeletedWithItsConfig(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config gone = given.config();
        Config later = given.config();
        List<SessionId> ofGone = Aged.sessions(given, gone, 2).toList();
        SessionId ofLater = Aged.session(given, later);
        given.configs().delete(gone.id());
        given.clock().move(MICRO);
        given.configs().delete(later.id());
        given.clock().move(MONTH);

        assertThat(given.sessions().purgeDeleted(MONTH)).as("sessions removed").isEqualTo(2);
        assertThat(given.configs().restore(gone.id())).as("the config is there").isTrue();
        given.configs().restore(later.id());
        assertThat(ofGone).as("sessions of the config").noneMatch(given.sessions()::exists);
        assertThat(given.sessions().exists(ofLater))
                .as("one of a config deleted exactly as long ago is there")
                .isTrue();
    }

    @Clause(id = "RET-PURGE-004")
    void sparesTheRestored(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config config = given.config();
        SessionId restored = Aged.session(given, config);
        given.sessions().delete(restored);
        given.clock().move(Duration.ofDays(60));
        given.sessions().restore(restored);

        assertThat(given.sessions().purgeDeleted(MONTH)).as("sessions removed").isZero();
        assertThat(given.sessions().exists(restored)).as("the restored one is there").isTrue();
    }

    @Clause(id = "RET-PURGE-005")
    void sparesTheHeld(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config config = given.config();
        List<SessionId> three = Aged.sessions(given, config, 3).toList();
        given.sessions().hold(three.get(0));
        given.sessions().delete(three.get(0));
        given.sessions().delete(three.get(1));
        given.sessions().hold(three.get(1));
        given.sessions().delete(three.get(2));
        given.clock().move(Duration.ofDays(60));

        assertThat(given.sessions().purgeDeleted(MONTH)).as("sessions removed").isEqualTo(1);
        given.configs().delete(config.id());
        given.clock().move(Duration.ofDays(60));
        assertThat(given.sessions().purgeDeleted(MONTH)).as("with their config").isZero();
        given.sessions().releaseHold(three.get(0));
        given.sessions().releaseHold(three.get(1));
        assertThat(given.sessions().purgeDeleted(MONTH)).as("once released").isEqualTo(2);
        assertThat(given.sessions().count(ANY)).as("sessions left").isZero();
    }

    @Clause(id = "RET-PURGE-006")
    void refusesBadAges(ClauseContext given) {
        Aged.refusesBadAges(given.sessions(), SessionStore::purgeDeleted);
    }

    @Clause(id = "RET-PURGE-007")
    void worksInNobodysTransaction(ClauseContext given) throws SQLException {
        Aged.refusedWithin(given, store -> store.purgeDeleted(MONTH));
    }

    @Clause(id = "RET-PURGE-008")
    void tellsTails(ClauseContext shared) throws InterruptedException {
        ClauseContext given = shared.fresh();
        SessionId session = Aged.session(given, given.config());
        try (Tail tail = given.sessions().tail(session, 0)) {
            given.sessions().delete(session);
            assertThat(Tailing.next(tail)).isEqualTo(new TailEvent.SessionDeleted(session));
            given.clock().move(Duration.ofDays(60));
            given.sessions().purgeDeleted(MONTH);

            assertThat(Tailing.next(tail)).isEqualTo(new TailEvent.SessionPurged(session));
        }
    }

    @Clause(id = "RET-HOLD-001")
    void holdsOnce(ClauseContext given) {
        SessionId session = given.session().id();
        SessionId other = given.session().id();

        assertThat(given.sessions().isHeld(session)).as("held at first").isFalse();
        assertThat(given.sessions().releaseHold(session)).as("released at first").isFalse();
        assertThat(given.sessions().hold(session)).as("held the first time").isTrue();
        assertThat(given.sessions().hold(session)).as("held the second time").isFalse();
        assertThat(given.sessions().isHeld(session)).as("held").isTrue();
        assertThat(given.sessions().isHeld(other)).as("another is held").isFalse();
        assertThat(given.sessions().releaseHold(session)).as("released").isTrue();
        assertThat(given.sessions().isHeld(session)).as("held at last").isFalse();
    }

    @Clause(id = "RET-HOLD-002")
    void unknownIsNotHeld(ClauseContext given) {
        SessionId unknown = given.sessionId();

        Expect.notFound("session", unknown, () -> given.sessions().hold(unknown));
        assertThat(given.sessions().releaseHold(unknown)).as("released").isFalse();
        assertThat(given.sessions().isHeld(unknown)).as("held").isFalse();
    }

    @Clause(id = "RET-HOLD-003")
    void leavesTheRecordAsItIs(ClauseContext given) {
        Session session = given.session();
        given.clock().move(Duration.ofDays(1));
        given.sessions().hold(session.id());

        Expect.same(given.sessions().get(session.id()), session);
        assertThat(given.sessions().delete(session.id())).as("deleted by hand").isTrue();
        assertThat(given.sessions().isHeld(session.id())).as("held while deleted").isTrue();
        assertThat(given.sessions().purge(session.id())).as("purged by hand").isTrue();
        given.sessions().create(NewSession.on(session.configId()).id(session.id()));
        assertThat(given.sessions().isHeld(session.id())).as("a new one is held").isFalse();
    }

    @Clause(id = "RET-HOLD-004")
    void isNoLease(ClauseContext given) {
        SessionId session = given.session().id();
        given.sessions().hold(session);
        SessionLease lease = given.sessions().acquire(session, "worker", Duration.ofMinutes(1));

        assertThat(given.sessions().release(lease)).as("the lease is released").isTrue();
        assertThat(given.sessions().isHeld(session)).as("still held").isTrue();
        SessionLease second = given.sessions().acquire(session, "worker", Duration.ofMinutes(1));
        given.sessions().releaseHold(session);
        assertThat(given.sessions().leaseOf(session)).as("the lease").contains(second);
    }

    @Clause(id = "RET-COUNT-001")
    void countsWhatWouldBeDone(ClauseContext shared) {
        ClauseContext given = shared.fresh();
        Config config = given.config();
        List<SessionId> old = Aged.sessions(given, config, 6).toList();
        given.sessions().hold(old.get(0));
        given.sessions().delete(old.get(1));
        Config gone = given.config();
        Aged.session(given, gone);
        given.configs().delete(gone.id());
        given.clock().move(Duration.ofDays(60));
        given.sessions().append(old.get(2), NewMessage.user("hello"));
        Aged.session(given, config);

        assertThat(given.sessions().countInactive(MONTH)).as("inactive").isEqualTo(3);
        assertThat(given.sessions().countPurgeable(MONTH)).as("purgeable").isEqualTo(2);
        assertThat(given.sessions().cleanup(MONTH)).as("deleted").isEqualTo(3);
        assertThat(given.sessions().purgeDeleted(MONTH)).as("removed").isEqualTo(2);
        assertThat(given.sessions().countInactive(MONTH)).as("inactive then").isZero();
        assertThat(given.sessions().countPurgeable(MONTH)).as("purgeable then").isZero();
    }
}

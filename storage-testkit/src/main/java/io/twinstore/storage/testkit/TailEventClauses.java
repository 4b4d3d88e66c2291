package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Tailing.append;
import static io.twinstore.storage.testkit.Tailing.messages;
import static io.twinstore.storage.testkit.Tailing.next;
import static io.twinstore.storage.testkit.Tailing.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.UserId;

/** Follows what happens to a session beside its messages, done by another storage. */
final class TailEventClauses {

    private static void is(TailEvent actual, TailEvent expected, String action) {
        assertThat(actual).as("the event").isEqualTo(expected);
        assertThat(actual.action()).as("its action").isEqualTo(action);
    }

    @Clause(id = "TAIL-EVENT-001")
    void status(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        Storage other = given.open(options -> options);
        try (Tail tail = given.sessions().tail(id, 0)) {
            nothing(tail);
            other.sessions().update(id, SessionUpdate.nothing().status(SessionStatus.FAILED));
            is(next(tail), new TailEvent.StatusChanged(id, SessionStatus.FAILED), "status_changed");
            other.sessions().update(id, SessionUpdate.nothing());
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-EVENT-002")
    void statusFollowsWhatCameBefore(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        try (Tail tail = given.sessions().tail(id, 0)) {
            append(given.sessions(), id, 250);
            given.sessions().update(id, SessionUpdate.nothing().status(SessionStatus.COMPLETED));
            messages(given.sessions(), tail, id, 1, 250);
            is(
                    next(tail),
                    new TailEvent.StatusChanged(id, SessionStatus.COMPLETED),
                    "status_changed");
            append(given.sessions(), id, 1);
            messages(given.sessions(), tail, id, 251, 251);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-EVENT-003")
    void participants(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        UserId ada = given.user("ada");
        Storage other = given.open(options -> options);
        try (Tail tail = given.sessions().tail(id, 0)) {
            nothing(tail);
            other.sessions().addParticipant(id, ada, ParticipantRole.VIEWER);
            is(
                    next(tail),
                    new TailEvent.ParticipantAdded(id, ada, ParticipantRole.VIEWER),
                    "participant_added");
            other.sessions().updateRole(id, ada, ParticipantRole.EDITOR);
            is(
                    next(tail),
                    new TailEvent.ParticipantRoleChanged(id, ada, ParticipantRole.EDITOR),
                    "participant_role_changed");
            other.sessions().removeParticipant(id, ada);
            TailEvent removed = next(tail);
            is(removed, new TailEvent.ParticipantRemoved(id, ada), "participant_removed");
            assertThat(removed.userId()).as("whom it is about").contains(ada);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-EVENT-004")
    void deletionHidesUntilRestored(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        SessionStore other = given.open(options -> options).sessions();
        try (Tail tail = given.sessions().tail(id, 0)) {
            append(other, id, 2);
            other.delete(id);
            is(next(tail), new TailEvent.SessionDeleted(id), "session_deleted");
            nothing(tail);
            other.restore(id);
            is(next(tail), new TailEvent.SessionRestored(id), "session_restored");
            messages(other, tail, id, 1, 2);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-EVENT-005")
    void deletionOfTheConfigIsTheSessions(ClauseContext given) throws InterruptedException {
        Session session = given.session();
        Storage other = given.open(options -> options);
        try (Tail tail = given.sessions().tail(session.id(), 0)) {
            nothing(tail);
            other.configs().delete(session.configId());
            is(next(tail), new TailEvent.SessionDeleted(session.id()), "session_deleted");
            other.configs().restore(session.configId());
            is(next(tail), new TailEvent.SessionRestored(session.id()), "session_restored");
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-EVENT-006")
    void purgeEndsTheTail(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        Storage other = given.open(options -> options);
        try (Tail tail = given.sessions().tail(id, 0)) {
            nothing(tail);
            other.sessions().purge(id);
            is(next(tail), new TailEvent.SessionPurged(id), "session_purged");
            Expect.thrown(StorageClosedException.class, () -> tail.next(Patience.now()));
        }
    }

    @Clause(id = "TAIL-EVENT-007")
    void anotherSessionOfTheSameIdIsNotFollowed(ClauseContext given) throws InterruptedException {
        Session session = given.session();
        SessionId id = session.id();
        append(given.sessions(), id, 1);
        try (Tail tail = given.sessions().tail(id, 0)) {
            messages(given.sessions(), tail, id, 1, 1);
            given.storage()
                    .transaction(
                            tx -> {
                                tx.sessions().purge(id);
                                tx.sessions().create(NewSession.on(session.configId()).id(id));
                                append(tx.sessions(), id, 2);
                                return true;
                            });
            is(next(tail), new TailEvent.SessionPurged(id), "session_purged");
            Expect.thrown(StorageClosedException.class, () -> tail.next(Patience.now()));
        }
    }

    @Clause(id = "TAIL-EVENT-008")
    void whatHappenedBeforeIsNotTold(ClauseContext given) throws InterruptedException {
        SessionId id = given.sessionOf(given.user("ada")).id();
        given.sessions().update(id, SessionUpdate.nothing().status(SessionStatus.FAILED));
        given.sessions().delete(id);
        given.sessions().restore(id);
        append(given.sessions(), id, 1);
        try (Tail tail = given.sessions().tail(id, 0)) {
            messages(given.sessions(), tail, id, 1, 1);
            nothing(tail);
        }
    }
}

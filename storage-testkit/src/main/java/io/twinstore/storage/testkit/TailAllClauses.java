package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Tailing.append;
import static io.twinstore.storage.testkit.Tailing.messages;
import static io.twinstore.storage.testkit.Tailing.next;
import static io.twinstore.storage.testkit.Tailing.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Follows all sessions of a user, changed by another storage. */
final class TailAllClauses {

    @Clause(id = "TAIL-ALL-001")
    void followsFromThePresentEnd(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        SessionId one = given.sessionOf(ada).id();
        SessionId shared = given.sessionOf(given.user("grace")).id();
        given.sessions().addParticipant(shared, ada, ParticipantRole.VIEWER);
        SessionId foreign = given.sessionOf(given.user("alan")).id();
        append(given.sessions(), one, 2);
        SessionStore other = given.open(options -> options).sessions();
        try (Tail tail = given.sessions().tailAll(ada)) {
            assertThat(tail.positions())
                    .as("where it begins")
                    .isEqualTo(Map.of(one, 2L, shared, 0L));
            nothing(tail);
            append(other, foreign, 1);
            append(other, one, 1);
            messages(other, tail, one, 3, 3);
            append(other, shared, 2);
            messages(other, tail, shared, 1, 2);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-ALL-002")
    void comesToNewSessions(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        SessionId shared = given.session().id();
        append(given.sessions(), shared, 2);
        SessionStore other = given.open(options -> options).sessions();
        try (Tail tail = given.sessions().tailAll(ada)) {
            nothing(tail);
            other.addParticipant(shared, ada, ParticipantRole.EDITOR);
            assertThat(next(tail))
                    .as("the first event of a session that the tail comes to")
                    .isEqualTo(new TailEvent.ParticipantAdded(shared, ada, ParticipantRole.EDITOR));
            messages(other, tail, shared, 1, 2);
            SessionId own = given.sessionId();
            other.create(NewSession.on(given.config().id()).id(own).owner(ada));
            append(other, own, 1);
            assertThat(next(tail))
                    .isEqualTo(new TailEvent.ParticipantAdded(own, ada, ParticipantRole.OWNER));
            messages(other, tail, own, 1, 1);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-ALL-003")
    void leavesAndComesBack(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        SessionId id = given.sessionOf(given.user("grace")).id();
        given.sessions().addParticipant(id, ada, ParticipantRole.VIEWER);
        SessionStore other = given.open(options -> options).sessions();
        try (Tail tail = given.sessions().tailAll(ada)) {
            append(other, id, 1);
            messages(other, tail, id, 1, 1);
            other.removeParticipant(id, ada);
            append(other, id, 1);
            assertThat(next(tail))
                    .as("the last event of a session that the user left")
                    .isEqualTo(new TailEvent.ParticipantRemoved(id, ada));
            append(other, id, 1);
            nothing(tail);
            other.addParticipant(id, ada, ParticipantRole.VIEWER);
            assertThat(next(tail))
                    .isEqualTo(new TailEvent.ParticipantAdded(id, ada, ParticipantRole.VIEWER));
            messages(other, tail, id, 2, 3);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-ALL-004")
    void goesOnWhereAnotherStood(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        SessionId named = given.sessionOf(ada).id();
        SessionId unnamed = given.sessionOf(ada).id();
        append(given.sessions(), named, 3);
        append(given.sessions(), unnamed, 1);
        Set<TailEvent> expected = new HashSet<>();
        given.sessions().transcript(named).messages().subList(2, 3).stream()
                .map(TailEvent.MessageAppended::new)
                .forEach(expected::add);
        given.sessions().transcript(unnamed).messages().stream()
                .map(TailEvent.MessageAppended::new)
                .forEach(expected::add);

        Map<SessionId, Long> positions;
        try (Tail tail = given.sessions().tailAll(ada, Map.of(named, 2L))) {
            assertThat(new HashSet<>(next(tail, 2)))
                    .as("what follows in both, in any order of sessions")
                    .isEqualTo(expected);
            positions = tail.positions();
            nothing(tail);
        }
        assertThat(positions).isEqualTo(Map.of(named, 3L, unnamed, 1L));
        append(given.sessions(), unnamed, 1);
        try (Tail tail = given.sessions().tailAll(ada, positions)) {
            messages(given.sessions(), tail, unnamed, 2, 2);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-ALL-005")
    void beginsLaterWhereItIsTold(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        SessionId id = given.session().id();
        append(given.sessions(), id, 3);
        try (Tail tail = given.sessions().tailAll(ada, Map.of(id, 2L))) {
            nothing(tail);
            given.sessions().addParticipant(id, ada, ParticipantRole.VIEWER);
            assertThat(next(tail))
                    .isEqualTo(new TailEvent.ParticipantAdded(id, ada, ParticipantRole.VIEWER));
            messages(given.sessions(), tail, id, 3, 3);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-ALL-006")
    void refusesSequencesThatWereNeverThere(ClauseContext given) {
        UserId ada = given.user("ada");
        SessionId id = given.sessionOf(ada).id();

        Expect.refused(id.value(), () -> given.sessions().tailAll(ada, Map.of(id, -1L)));
        Expect.conflict(
                ConflictException.Reason.SEQUENCE,
                1,
                0,
                () -> given.sessions().tailAll(ada, Map.of(id, 1L)));
    }

    @Clause(id = "TAIL-ALL-007")
    void meetsAnotherSessionOfTheSameId(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        Session session = given.sessionOf(ada);
        SessionId id = session.id();
        append(given.sessions(), id, 3);
        try (Tail tail = given.sessions().tailAll(ada)) {
            nothing(tail);
            given.storage()
                    .transaction(
                            tx -> {
                                tx.sessions().purge(id);
                                tx.sessions()
                                        .create(
                                                NewSession.on(session.configId())
                                                        .id(id)
                                                        .owner(ada));
                                append(tx.sessions(), id, 4);
                                return true;
                            });
            assertThat(next(tail, 2))
                    .as("the end of one and the beginning of the other")
                    .containsExactly(
                            new TailEvent.SessionPurged(id),
                            new TailEvent.ParticipantAdded(id, ada, ParticipantRole.OWNER));
            messages(given.sessions(), tail, id, 1, 4);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-ALL-008")
    void isGapFreeInEachSession(ClauseContext given) {
        UserId ada = given.user("ada");
        SessionStore other = given.open(options -> options).sessions();
        int writers = 6;
        int each = 30;
        SessionId[] ids = {
            given.sessionOf(ada).id(), given.sessionOf(ada).id(), given.sessionOf(ada).id()
        };

        var outcomes =
                Together.run(
                        writers + 1,
                        thread -> {
                            if (thread > 0) {
                                append(other, ids[thread % ids.length], each);
                                return Map.<SessionId, Long>of();
                            }
                            try (Tail tail = given.sessions().tailAll(ada, Map.of())) {
                                return lastOfEach(tail, writers * each);
                            }
                        });

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        assertThat(Outcome.values(outcomes).get(0))
                .as("the last sequence of each session")
                .hasSize(ids.length)
                .containsValues((long) writers / ids.length * each);
    }

    @Clause(id = "TAIL-ALL-009")
    void tellsARemovedUserNothingMore(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        SessionId id = given.sessionOf(given.user("grace")).id();
        given.sessions().addParticipant(id, ada, ParticipantRole.VIEWER);
        try (Tail tail = given.sessions().tailAll(ada, Map.of())) {
            append(given.sessions(), id, 150);
            // A change that the tail has seen, but has to keep until it told 150 messages.
            given.sessions().update(id, SessionUpdate.nothing().status(SessionStatus.FAILED));
            messages(given.sessions(), tail, id, 1, 1);
            given.sessions().removeParticipant(id, ada);
            append(given.sessions(), id, 50);

            TailEvent event = next(tail);
            while (event instanceof TailEvent.MessageAppended appended) {
                assertThat(appended.message().sequence())
                        .as("a message that was there before the removal")
                        .isLessThanOrEqualTo(150);
                event = next(tail);
            }
            assertThat(event)
                    .as("the last event")
                    .isEqualTo(new TailEvent.ParticipantRemoved(id, ada));
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-ALL-011")
    void tellsARemovedUserOfNoDeletion(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        SessionId id = given.sessionOf(given.user("grace")).id();
        given.sessions().addParticipant(id, ada, ParticipantRole.VIEWER);
        try (Tail tail = given.sessions().tailAll(ada)) {
            nothing(tail);
            given.sessions().removeParticipant(id, ada);
            given.sessions().delete(id);
            assertThat(next(tail))
                    .as("the last event")
                    .isEqualTo(new TailEvent.ParticipantRemoved(id, ada));
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-ALL-010")
    void meetsAnotherSessionAfterLeaving(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        Session session = given.sessionOf(given.user("grace"));
        SessionId id = session.id();
        given.sessions().addParticipant(id, ada, ParticipantRole.VIEWER);
        try (Tail tail = given.sessions().tailAll(ada)) {
            append(given.sessions(), id, 3);
            messages(given.sessions(), tail, id, 1, 3);
            given.sessions().removeParticipant(id, ada);
            assertThat(next(tail)).isEqualTo(new TailEvent.ParticipantRemoved(id, ada));
            given.sessions().purge(id);
            given.sessions().create(NewSession.on(session.configId()).id(id).owner(ada));
            append(given.sessions(), id, 4);

            assertThat(next(tail, 2))
                    .as("the end of one and the beginning of the other")
                    .containsExactly(
                            new TailEvent.SessionPurged(id),
                            new TailEvent.ParticipantAdded(id, ada, ParticipantRole.OWNER));
            assertThat(tail.positions()).as("no place in the earlier one").isEmpty();
            messages(given.sessions(), tail, id, 1, 4);
            nothing(tail);
        }
    }

    private static Map<SessionId, Long> lastOfEach(Tail tail, int count)
            throws InterruptedException {
        Map<SessionId, Long> last = new HashMap<>();
        for (TailEvent event : next(tail, count)) {
            long sequence = ((TailEvent.MessageAppended) event).message().sequence();
            assertThat(sequence)
                    .as("the sequence that follows in its session")
                    .isEqualTo(last.getOrDefault(event.sessionId(), 0L) + 1);
            last.put(event.sessionId(), sequence);
        }
        return last;
    }
}

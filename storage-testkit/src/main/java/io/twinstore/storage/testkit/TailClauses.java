package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Tailing.append;
import static io.twinstore.storage.testkit.Tailing.messages;
import static io.twinstore.storage.testkit.Tailing.next;
import static io.twinstore.storage.testkit.Tailing.nothing;
import static io.twinstore.storage.testkit.Tailing.sequences;
import static io.twinstore.storage.testkit.Tailing.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.TransactionException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Follows the messages of one session. */
final class TailClauses {

    @Clause(id = "TAIL-FROM-001")
    void beginsAfterAnySequence(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        append(given.sessions(), id, 5);
        for (long after = 0; after <= 5; after++) {
            try (Tail tail = given.sessions().tail(id, after)) {
                messages(given.sessions(), tail, id, after + 1, 5);
                nothing(tail);
            }
        }
    }

    @Clause(id = "TAIL-FROM-002")
    void needsASession(ClauseContext given) {
        SessionId missing = given.sessionId();
        SessionId deleted = given.session().id();
        given.sessions().delete(deleted);

        Expect.notFound("session", missing, () -> given.sessions().tail(missing, 0));
        Expect.notFound("session", deleted, () -> given.sessions().tail(deleted, 0));
    }

    @Clause(id = "TAIL-FROM-003")
    void refusesASequenceThatWasNeverThere(ClauseContext given) {
        SessionId id = given.session().id();
        append(given.sessions(), id, 2);

        Expect.refused("afterSequence", () -> given.sessions().tail(id, -1));
        Expect.conflict(
                ConflictException.Reason.SEQUENCE, 3, 2, () -> given.sessions().tail(id, 3));
    }

    @Clause(id = "TAIL-LIVE-001")
    void handsOutWhatAnotherStorageAppends(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        Storage other = given.open(options -> options);
        try (Tail tail = given.sessions().tail(id, 0)) {
            nothing(tail);
            for (int round = 1; round <= 5; round++) {
                append(other.sessions(), id, 1);
                messages(other.sessions(), tail, id, round, round);
            }
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-LIVE-002")
    void isGapFreeWhileManyAppend(ClauseContext given) {
        SessionId id = given.session().id();
        Storage other = given.open(options -> options);
        int writers = 8;
        int each = 50;

        List<Outcome<List<TailEvent>>> outcomes =
                Together.run(
                        writers + 1,
                        thread -> {
                            if (thread == 0) {
                                try (Tail tail = given.sessions().tail(id, 0)) {
                                    return next(tail, writers * each);
                                }
                            }
                            append(other.sessions(), id, each);
                            return List.of();
                        });

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        assertThat(sequences(Outcome.values(outcomes).get(0)))
                .as("what a tail handed out")
                .isEqualTo(upTo((long) writers * each));
    }

    @Clause(id = "TAIL-LIVE-003")
    void handsOutHoweverItWasAppended(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        List<NewMessage> message = List.of(NewMessage.of("1"));
        List<Callable<?>> ways =
                List.of(
                        () -> given.sessions().append(id, NewMessage.of("1")),
                        () -> given.sessions().append(id, message, AppendOptions.once("key")),
                        () -> given.sessions().append(id, message, AppendOptions.expectSequence(2)),
                        () ->
                                given.storage()
                                        .transaction(
                                                tx ->
                                                        tx.sessions()
                                                                .append(
                                                                        id,
                                                                        message,
                                                                        AppendOptions.plain())));
        try (Tail tail = given.sessions().tail(id, 0)) {
            for (int i = 0; i < ways.size(); i++) {
                ways.get(i).call();
                messages(given.sessions(), tail, id, i + 1, i + 1);
            }
            // A replay appends nothing.
            given.sessions().append(id, message, AppendOptions.once("key"));
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-LIVE-004")
    void waitsForTheCommit(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        try (Tail tail = given.sessions().tail(id, 0)) {
            Expect.thrown(
                    IllegalStateException.class,
                    () ->
                            given.storage()
                                    .transaction(
                                            tx -> {
                                                append(tx.sessions(), id, 3);
                                                throw new IllegalStateException("changed my mind");
                                            }));
            nothing(tail);
            append(given.sessions(), id, 1);
            messages(given.sessions(), tail, id, 1, 1);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-LIVE-005", needs = Capability.ON_CONNECTION)
    void handsOutWhatAHostCommits(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        try (Tail tail = given.sessions().tail(id, 0);
                Connection host = given.connection()) {
            append(given.storage().on(host).sessions(), id, 2);
            nothing(tail);
            host.commit();
            messages(given.sessions(), tail, id, 1, 2);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-LIVE-006")
    void keepsUpWithALongTranscript(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        List<NewMessage> batch = new ArrayList<>();
        for (int i = 0; i < 950; i++) {
            batch.add(NewMessage.of(i % 100 == 7 ? "\"" + "x".repeat(90_000) + "\"" : "" + i));
        }
        given.sessions().append(id, batch, AppendOptions.plain());
        try (Tail tail = given.sessions().tail(id, 0)) {
            messages(given.sessions(), tail, id, 1, 950);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-POSITION-001")
    void positionsLeadOn(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        append(given.sessions(), id, 4);
        Map<SessionId, Long> positions = new HashMap<>();
        positions.put(id, 1L);
        for (long expected = 2; expected <= 4; expected++) {
            try (Tail tail = given.sessions().tail(id, positions.get(id))) {
                assertThat(tail.positions()).as("where it begins").isEqualTo(positions);
                messages(given.sessions(), tail, id, expected, expected);
                positions.put(id, expected);
                assertThat(tail.positions()).as("what was handed out").isEqualTo(positions);
            }
        }
    }

    @Clause(id = "TAIL-POSITION-002")
    void tailsAreIndependent(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        append(given.sessions(), id, 3);
        try (Tail one = given.sessions().tail(id, 0);
                Tail other = given.sessions().tail(id, 1)) {
            messages(given.sessions(), one, id, 1, 2);
            messages(given.sessions(), other, id, 2, 3);
            messages(given.sessions(), one, id, 3, 3);
            append(given.sessions(), given.session().id(), 1);
            nothing(one);
            nothing(other);
        }
    }

    @Clause(id = "TAIL-BOUND-001")
    void isNotOfATransaction(ClauseContext given) {
        SessionId id = given.session().id();
        given.storage()
                .transaction(
                        tx -> {
                            Expect.thrown(
                                    TransactionException.class, () -> tx.sessions().tail(id, 0));
                            Expect.thrown(
                                    TransactionException.class,
                                    () -> tx.sessions().tailAll(given.user("ada")));
                            return true;
                        });
    }
}

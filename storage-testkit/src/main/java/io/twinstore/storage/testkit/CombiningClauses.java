package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageBusyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Appends that may be brought together in one commit. However an adapter does that, nobody may
 * notice: each caller has its own answer, its own error and its own place.
 */
final class CombiningClauses {

    private static final int THREADS = 8;
    private static final int EACH = 30;

    private static NewMessage message(int thread, int call, int part) {
        return NewMessage.of("\"" + thread + "-" + call + "-" + part + "\"");
    }

    /** The messages of a call: one to three. */
    private static List<NewMessage> batch(int thread, int call) {
        return IntStream.rangeClosed(0, (thread + call) % 3)
                .mapToObj(part -> message(thread, call, part))
                .toList();
    }

    private static Appended append(SessionStore sessions, SessionId id, int thread, int call) {
        return sessions.append(id, batch(thread, call), AppendOptions.plain());
    }

    private static List<String> bodies(ClauseContext given, SessionId id) {
        List<Message> messages = given.sessions().transcript(id).messages();
        assertThat(messages)
                .extracting(Message::sequence)
                .as("sequences")
                .isEqualTo(
                        IntStream.rangeClosed(1, messages.size()).mapToObj(Long::valueOf).toList());
        return messages.stream().map(m -> m.body().text()).toList();
    }

    @Clause(id = "APP-SHARE-001")
    void missingAndDeletedFailAlone(ClauseContext given) {
        SessionId live = given.session().id();
        SessionId deleted = given.session().id();
        given.sessions().delete(deleted);
        SessionId missing = given.sessionId();

        List<Outcome<Integer>> outcomes =
                Together.run(
                        THREADS,
                        thread -> {
                            for (int i = 0; i < EACH; i++) {
                                if (thread % 4 == 0) {
                                    isNotFound(given, deleted);
                                } else if (thread % 4 == 1) {
                                    isNotFound(given, missing);
                                } else {
                                    given.sessions().append(live, message(thread, i, 0));
                                }
                            }
                            return thread;
                        });

        assertThat(Outcome.errors(outcomes)).as("what the others were told").isEmpty();
        assertThat(bodies(given, live))
                .as("messages of the live session")
                .hasSize(THREADS / 2 * EACH)
                .doesNotHaveDuplicates();
        given.sessions().restore(deleted);
        assertThat(bodies(given, deleted)).as("messages of the deleted session").isEmpty();
    }

    private static void isNotFound(ClauseContext given, SessionId id) {
        Expect.notFound("session", id, () -> given.sessions().append(id, NewMessage.of("1")));
    }

    @Clause(id = "APP-SHARE-002")
    void aRefusedBatchHasNoNeighbours(ClauseContext given) {
        SessionId id = given.session().id();
        List<NewMessage> tooMany = Collections.nCopies(10_001, NewMessage.of("0"));

        List<Outcome<Integer>> outcomes =
                Together.run(
                        THREADS,
                        thread -> {
                            for (int i = 0; i < EACH; i++) {
                                if (thread == 0) {
                                    Expect.thrown(
                                            InvalidValueException.class,
                                            () ->
                                                    given.sessions()
                                                            .append(
                                                                    id,
                                                                    tooMany,
                                                                    AppendOptions.plain()));
                                } else {
                                    append(given.sessions(), id, thread, i);
                                }
                            }
                            return thread;
                        });

        assertThat(Outcome.errors(outcomes)).as("what the others were told").isEmpty();
        assertThat(bodies(given, id))
                .as("messages")
                .containsExactlyInAnyOrderElementsOf(sent(1, THREADS));
    }

    /** The texts that these threads send with all of their calls. */
    private static List<String> sent(int from, int to) {
        List<String> texts = new ArrayList<>();
        for (int thread = from; thread < to; thread++) {
            for (int i = 0; i < EACH; i++) {
                batch(thread, i).forEach(m -> texts.add(m.body().text()));
            }
        }
        return texts;
    }

    @Clause(id = "APP-SHARE-003")
    void answersBelongToTheirCallers(ClauseContext given) {
        List<SessionId> ids = List.of(given.session().id(), given.session().id());
        List<Storage> storages = List.of(given.storage(), given.open(options -> options));

        List<Outcome<List<Appended>>> outcomes =
                Together.run(
                        THREADS,
                        thread -> {
                            SessionStore sessions = storages.get(thread / 2 % 2).sessions();
                            List<Appended> answers = new ArrayList<>();
                            for (int i = 0; i < EACH; i++) {
                                answers.add(append(sessions, ids.get(thread % 2), thread, i));
                            }
                            return answers;
                        });

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        for (int thread = 0; thread < THREADS; thread++) {
            SessionId id = ids.get(thread % 2);
            List<String> bodies = bodies(given, id);
            for (int i = 0; i < EACH; i++) {
                Appended answer = Outcome.values(outcomes).get(thread).get(i);
                assertThat(answer.sessionId()).as("the session of an answer").isEqualTo(id);
                assertThat(
                                bodies.subList(
                                        (int) answer.firstSequence() - 1,
                                        (int) answer.lastSequence()))
                        .as("what stands at the sequences that call %s was told", i)
                        .isEqualTo(batch(thread, i).stream().map(m -> m.body().text()).toList());
            }
        }
    }

    @Clause(id = "APP-SHARE-004")
    void aThreadsAppendsKeepTheirOrder(ClauseContext given) {
        SessionId id = given.session().id();

        List<Outcome<Integer>> outcomes =
                Together.run(
                        THREADS,
                        thread -> {
                            for (int i = 0; i < EACH; i++) {
                                append(given.sessions(), id, thread, i);
                            }
                            return thread;
                        });

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        List<String> bodies = bodies(given, id);
        for (int thread = 0; thread < THREADS; thread++) {
            String own = "\"" + thread + "-";
            assertThat(bodies)
                    .filteredOn(text -> text.startsWith(own))
                    .as("the messages of thread %s", thread)
                    .isEqualTo(sent(thread, thread + 1));
        }
    }

    @Clause(id = "APP-SHARE-005")
    void aConditionIsDecidedInTheCrowd(ClauseContext given) {
        SessionId id = given.session().id();

        List<Outcome<List<Long>>> outcomes =
                Together.run(
                        THREADS,
                        thread -> {
                            List<Long> met = new ArrayList<>();
                            for (int i = 0; i < EACH; i++) {
                                if (thread > 1) {
                                    append(given.sessions(), id, thread, i);
                                } else if (appendedExpecting(given, id, thread, i)) {
                                    met.add((long) i);
                                }
                            }
                            return met;
                        });

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        int conditional = 0;
        for (int thread = 0; thread < 2; thread++) {
            for (long call : Outcome.values(outcomes).get(thread)) {
                conditional += batch(thread, (int) call).size();
            }
        }
        assertThat(bodies(given, id))
                .as("messages: all of the plain ones, and the conditional ones that succeeded")
                .hasSize(sent(2, THREADS).size() + conditional)
                .containsAll(sent(2, THREADS));
    }

    /** Appends if the transcript still ends where it was seen to end. */
    private static boolean appendedExpecting(
            ClauseContext given, SessionId id, int thread, int call) {
        long last = given.sessions().get(id).lastSequence();
        try {
            Appended done =
                    given.sessions()
                            .append(id, batch(thread, call), AppendOptions.expectSequence(last));
            assertThat(done.firstSequence())
                    .as("the first behind what was seen")
                    .isEqualTo(last + 1);
            return true;
        } catch (ConflictException e) {
            assertThat(e.expected()).as("expected").isEqualTo(Long.toString(last));
            assertThat(Long.parseLong(String.valueOf(e.actual())))
                    .as("what the transcript ended with instead")
                    .isGreaterThan(last);
            return false;
        }
    }

    @Clause(id = "APP-SHARE-006")
    void anInterruptIsNoLoss(ClauseContext given) {
        SessionId id = given.session().id();

        List<Outcome<List<String>>> outcomes =
                Together.run(
                        THREADS,
                        thread -> {
                            List<String> acknowledged = new ArrayList<>();
                            for (int i = 0; i < EACH; i++) {
                                boolean interrupted = (thread + i) % 3 == 0;
                                if (appended(given, id, thread, i, interrupted)) {
                                    batch(thread, i)
                                            .forEach(m -> acknowledged.add(m.body().text()));
                                }
                            }
                            return acknowledged;
                        });

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        assertThat(bodies(given, id))
                .as("messages, and those that were acknowledged")
                .containsExactlyInAnyOrderElementsOf(
                        Outcome.values(outcomes).stream().flatMap(List::stream).toList());
    }

    private static boolean appended(
            ClauseContext given, SessionId id, int thread, int call, boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            append(given.sessions(), id, thread, call);
            return true;
        } catch (StorageBusyException e) {
            assertThat(interrupted).as("interrupted, where %s", e.getMessage()).isTrue();
            return false;
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isEqualTo(interrupted);
        }
    }
}

package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** Appends to one session from many threads. */
final class AppendRaceClauses {

    private static final int THREADS = 8;
    private static final int EACH = 40;

    private static NewMessage message(String text) {
        return NewMessage.of("\"" + text + "\"");
    }

    private static void isGapFree(List<Message> messages, int count) {
        assertThat(messages)
                .extracting(Message::sequence)
                .as("sequences")
                .isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
        assertThat(messages).extracting(m -> m.body().text()).as("bodies").doesNotHaveDuplicates();
    }

    @Clause(id = "APP-RACE-001")
    void manyThreadsLeaveNoGap(ClauseContext given) {
        SessionId id = given.session().id();

        List<Outcome<List<Appended>>> outcomes =
                Together.run(
                        THREADS,
                        thread -> {
                            List<Appended> appended = new ArrayList<>();
                            for (int i = 0; i < EACH; i++) {
                                appended.add(
                                        given.sessions().append(id, message(thread + "-" + i)));
                            }
                            return appended;
                        });

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        List<Message> messages = given.sessions().transcript(id).messages();
        isGapFree(messages, THREADS * EACH);
        for (int thread = 0; thread < THREADS; thread++) {
            List<Appended> own = Outcome.values(outcomes).get(thread);
            for (int i = 0; i < EACH; i++) {
                Message stored = messages.get((int) own.get(i).firstSequence() - 1);
                assertThat(stored.body().text())
                        .as("what stands at the sequence that was returned")
                        .isEqualTo("\"" + thread + "-" + i + "\"");
            }
        }
    }

    @Clause(id = "APP-RACE-002")
    void keyedTwiceAtOnceIsAppliedOnce(ClauseContext given) {
        SessionId id = given.session().id();
        for (int round = 0; round < 20; round++) {
            String key = "round " + round;

            List<Outcome<Appended>> outcomes =
                    Together.run(
                            4,
                            i ->
                                    given.sessions()
                                            .append(
                                                    id,
                                                    List.of(message(key)),
                                                    AppendOptions.once(key)));

            assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
            assertThat(Outcome.values(outcomes))
                    .as("those that wrote")
                    .filteredOn(appended -> !appended.replayed())
                    .hasSize(1);
            assertThat(Outcome.values(outcomes))
                    .extracting(Appended::firstSequence)
                    .as("sequences that were returned")
                    .containsOnly(round + 1L);
        }
        isGapFree(given.sessions().transcript(id).messages(), 20);
    }

    @Clause(id = "APP-RACE-003")
    void oneOfThoseThatExpectWins(ClauseContext given) {
        SessionId id = given.session().id();

        List<Outcome<Appended>> outcomes =
                Together.run(
                        THREADS,
                        i ->
                                given.sessions()
                                        .append(
                                                id,
                                                List.of(message("by " + i)),
                                                AppendOptions.expectEmpty()));

        assertThat(Outcome.values(outcomes)).as("appends that succeeded").hasSize(1);
        assertThat(Outcome.errors(outcomes)).hasOnlyElementsOfType(ConflictException.class);
        isGapFree(given.sessions().transcript(id).messages(), 1);
    }

    @Clause(id = "APP-RACE-004")
    void batchesStayTogether(ClauseContext given) {
        SessionId id = given.session().id();
        int size = 5;

        List<Outcome<Appended>> outcomes =
                Together.run(
                        THREADS,
                        thread ->
                                given.sessions()
                                        .append(
                                                id,
                                                LongStream.range(0, size)
                                                        .mapToObj(i -> message(thread + "-" + i))
                                                        .toList(),
                                                AppendOptions.plain()));

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        List<Message> messages = given.sessions().transcript(id).messages();
        isGapFree(messages, THREADS * size);
        for (int thread = 0; thread < THREADS; thread++) {
            Appended own = Outcome.values(outcomes).get(thread);
            for (int i = 0; i < size; i++) {
                assertThat(messages.get((int) own.firstSequence() - 1 + i).body().text())
                        .as("message %s of a batch", i)
                        .isEqualTo("\"" + thread + "-" + i + "\"");
            }
        }
    }

    @Clause(id = "APP-RACE-005")
    void readersNeverSkip(ClauseContext given) {
        SessionId id = given.session().id();
        AtomicInteger writing = new AtomicInteger(4);

        List<Outcome<List<Long>>> outcomes =
                Together.run(
                        5,
                        thread ->
                                thread == 0
                                        ? follow(given, id, writing)
                                        : write(given, id, thread, writing));

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        assertThat(Outcome.values(outcomes).get(0))
                .as("what a reader saw that asked for what follows the last")
                .isEqualTo(LongStream.rangeClosed(1, 4L * EACH).boxed().toList());
    }

    private static List<Long> write(
            ClauseContext given, SessionId id, int thread, AtomicInteger writing) {
        try {
            for (int i = 0; i < EACH; i++) {
                given.sessions().append(id, message(thread + "-" + i));
            }
            return List.of();
        } finally {
            writing.decrementAndGet();
        }
    }

    private static List<Long> follow(ClauseContext given, SessionId id, AtomicInteger writing) {
        List<Long> seen = new ArrayList<>();
        boolean last = false;
        while (!last) {
            last = writing.get() == 0;
            long after = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
            given.sessions()
                    .messages(id, MessageRange.after(after), PageRequest.ofSize(1000))
                    .items()
                    .forEach(message -> seen.add(message.sequence()));
        }
        return seen;
    }

    @Clause(id = "APP-RACE-006")
    void keyedAndPlainMixed(ClauseContext given) {
        SessionId id = given.session().id();
        Map<String, Long> byKey = new HashMap<>();

        List<Outcome<List<Appended>>> outcomes =
                Together.run(
                        THREADS,
                        thread -> {
                            List<Appended> keyed = new ArrayList<>();
                            for (int i = 0; i < EACH / 2; i++) {
                                // Each key is used by two threads, about at the same moment.
                                String key = "key " + (thread / 2) + "-" + i;
                                keyed.add(
                                        given.sessions()
                                                .append(
                                                        id,
                                                        List.of(message(key)),
                                                        AppendOptions.once(key)));
                                given.sessions().append(id, message(thread + "-" + i));
                            }
                            return keyed;
                        });

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        List<Message> messages = given.sessions().transcript(id).messages();
        isGapFree(messages, THREADS * EACH / 2 * 3 / 2);
        for (Message message : messages) {
            byKey.put(message.body().text(), message.sequence());
        }
        for (int thread = 0; thread < THREADS; thread++) {
            for (int i = 0; i < EACH / 2; i++) {
                assertThat(Outcome.values(outcomes).get(thread).get(i).firstSequence())
                        .as("where the keyed message stands")
                        .isEqualTo(byKey.get("\"key " + (thread / 2) + "-" + i + "\""));
            }
        }
    }
}

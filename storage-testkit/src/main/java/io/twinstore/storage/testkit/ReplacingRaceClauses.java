package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.GenerationClauses.replace;
import static io.twinstore.storage.testkit.GenerationClauses.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Replaced;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.TransactionOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Replaces transcripts while others read, append and replace. */
final class ReplacingRaceClauses {

    private static final int REPLACING = 3;
    private static final int EACH = 15;

    @Clause(id = "GEN-RACE-001")
    void readersSeeWholeTranscripts(ClauseContext given) {
        SessionId id = given.session().id();
        AtomicInteger writing = new AtomicInteger(REPLACING);

        List<Outcome<Boolean>> outcomes =
                Together.run(
                        REPLACING + 1,
                        thread ->
                                thread == REPLACING
                                        ? readsWhole(given, id, writing)
                                        : replacesMany(given, id, thread, writing));

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        List<Message> all =
                Expect.walk(500, page -> given.sessions().messages(id, MessageRange.all(), page));
        assertThat(all)
                .extracting(Message::sequence)
                .as("sequences of all generations")
                .isEqualTo(LongStream.rangeClosed(1, 5L * REPLACING * EACH).boxed().toList());
    }

    private static boolean replacesMany(
            ClauseContext given, SessionId id, int thread, AtomicInteger writing) {
        try {
            for (int i = 0; i < EACH; i++) {
                replace(given, id, Collections.nCopies(5, texts(thread + "-" + i).get(0)));
            }
            return true;
        } finally {
            writing.decrementAndGet();
        }
    }

    private static boolean readsWhole(ClauseContext given, SessionId id, AtomicInteger writing) {
        while (writing.get() > 0) {
            for (List<Message> seen :
                    List.of(
                            given.sessions().transcript(id).messages(),
                            given.sessions().lastMessages(id, 10))) {
                assertThat(seen.size()).as("messages of a transcript").isIn(0, 5);
                assertThat(seen.stream().map(m -> m.body().text()).distinct().count())
                        .as("transcripts seen at once")
                        .isLessThanOrEqualTo(1);
            }
        }
        return true;
    }

    @Clause(id = "GEN-RACE-002")
    void appendsMeanwhileAreKeptInOrder(ClauseContext given) {
        SessionId id = given.session().id();

        List<Outcome<List<Long>>> outcomes =
                Together.run(
                        4, thread -> thread == 0 ? replacing(given, id) : appending(given, id));

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        List<Long> sequences =
                Outcome.values(outcomes).stream().flatMap(List::stream).sorted().toList();
        assertThat(sequences)
                .as("the sequences that were acknowledged")
                .isEqualTo(LongStream.rangeClosed(1, sequences.size()).boxed().toList());
        assertThat(given.sessions().get(id).lastSequence())
                .as("the last sequence")
                .isEqualTo(sequences.size());
    }

    @Clause(id = "GEN-RACE-003")
    void eachLeavesWhatItWasGiven(ClauseContext given) {
        SessionId id = given.session().id();

        List<Outcome<List<Done>>> outcomes = Together.run(3, thread -> goingOn(given, id, thread));

        assertThat(Outcome.errors(outcomes)).as("errors").isEmpty();
        List<String> all =
                Expect.walk(500, page -> given.sessions().messages(id, MessageRange.all(), page))
                        .stream()
                        .map(m -> m.body().text())
                        .toList();
        for (Done done : Outcome.values(outcomes).stream().flatMap(List::stream).toList()) {
            Replaced replaced = done.replaced();
            assertThat(all.subList((int) replaced.baseSequence(), (int) replaced.lastSequence()))
                    .as("the transcript that %s left", replaced)
                    .isEqualTo(done.given().stream().map(m -> m.body().text()).toList());
        }
    }

    @Clause(id = "GEN-RACE-004")
    void anotherSessionOfTheIdIsNotTakenForTheFirst(ClauseContext given) {
        for (int round = 0; round < EACH; round++) {
            SessionId id = GenerationClauses.filled(given);
            boolean replacing = round % 5 != 4;

            List<Outcome<Boolean>> outcomes =
                    Together.run(
                            2,
                            thread ->
                                    thread == 0
                                            ? comesAgain(given, id)
                                            : !replacing || goesOn(given, id));

            assertThat(Outcome.errors(outcomes))
                    .as("errors, but for finding no session in between")
                    .allMatch(NotFoundException.class::isInstance);
            if (!replacing) {
                goesOn(given, id);
            }
            assertThat(given.sessions().transcript(id).messages())
                    .extracting(m -> m.body().text())
                    .as("the transcript of the second session, replaced or not")
                    .isIn(List.of("\"x\""), bodies("a", "b", "c", "d"));
        }
    }

    private static List<String> bodies(String... texts) {
        return texts(texts).stream().map(m -> m.body().text()).toList();
    }

    private static boolean goesOn(ClauseContext given, SessionId id) {
        List<NewMessage> longer = texts("a", "b", "c", "d");
        return !given.sessions().replaceTranscript(id, longer, AppendOptions.plain()).replayed();
    }

    /** Purges the session and creates another one under its id. */
    private static boolean comesAgain(ClauseContext given, SessionId id) {
        return given.storage()
                .transaction(
                        TransactionOptions.standard(),
                        stores -> {
                            ConfigId config = stores.sessions().get(id).configId();
                            stores.sessions().purge(id);
                            stores.sessions().create(NewSession.on(config).id(id));
                            stores.sessions().append(id, NewMessage.of("\"x\""));
                            return true;
                        });
    }

    /** A replacement, and what was given to it. */
    private record Done(Replaced replaced, List<NewMessage> given) {}

    /** Goes on from what is there, or begins anew; others do the same meanwhile. */
    private static List<Done> goingOn(ClauseContext given, SessionId id, int thread) {
        List<Done> all = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            List<NewMessage> next = new ArrayList<>();
            if (i % 5 != 4) {
                given.sessions()
                        .transcript(id)
                        .messages()
                        .forEach(m -> next.add(NewMessage.of(m.body())));
            }
            next.addAll(texts(thread + "-" + i));
            all.add(new Done(replace(given, id, next), next));
            if (i % 4 == 3) {
                given.sessions().append(id, NewMessage.of("\"meanwhile\""));
            }
        }
        return all;
    }

    private static List<Long> appending(ClauseContext given, SessionId id) {
        return Stream.generate(() -> given.sessions().append(id, NewMessage.of("\"a\"")))
                .limit(40)
                .map(appended -> appended.firstSequence())
                .toList();
    }

    private static List<Long> replacing(ClauseContext given, SessionId id) {
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            Replaced done = replace(given, id, texts("r" + i, "s" + i));
            LongStream.rangeClosed(done.firstSequence(), done.lastSequence())
                    .forEach(sequences::add);
        }
        return sequences;
    }
}

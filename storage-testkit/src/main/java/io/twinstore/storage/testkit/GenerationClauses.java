package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Replaced;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Replaces transcripts: what is appended, what begins anew, and what then reads which. */
final class GenerationClauses {

    static List<NewMessage> texts(String... texts) {
        return Stream.of(texts).map(text -> NewMessage.of("\"" + text + "\"")).toList();
    }

    static Replaced replace(ClauseContext given, SessionId id, List<NewMessage> transcript) {
        return Expect.answer(
                () -> given.sessions().replaceTranscript(id, transcript, AppendOptions.plain()));
    }

    /** Returns a session with the messages a, b and c. */
    static SessionId filled(ClauseContext given) {
        SessionId id = given.session().id();
        given.sessions().append(id, texts("a", "b", "c"), AppendOptions.plain());
        return id;
    }

    /** Asserts that the current transcript has these texts, from this sequence on. */
    static void isNow(ClauseContext given, SessionId id, long first, String... texts) {
        List<Message> messages = given.sessions().transcript(id).messages();
        assertThat(messages)
                .extracting(m -> m.body().text())
                .as("the transcript")
                .isEqualTo(texts(texts).stream().map(m -> m.body().text()).toList());
        assertThat(messages)
                .extracting(Message::sequence)
                .as("its sequences")
                .isEqualTo(LongStream.range(first, first + texts.length).boxed().toList());
    }

    @Clause(id = "GEN-APPEND-001")
    void longerTranscriptIsAppended(ClauseContext given) {
        SessionId id = filled(given);

        Replaced replaced = replace(given, id, texts("a", "b", "c", "d", "e"));

        assertThat(replaced).as("what it did").isEqualTo(new Replaced(id, 0, 4, 5, false, false));
        isNow(given, id, 1, "a", "b", "c", "d", "e");
        assertThat(given.sessions().get(id).messageCount()).as("messages").isEqualTo(5);
    }

    @Clause(id = "GEN-APPEND-002")
    void comparesByMeaning(ClauseContext given) {
        SessionId id = given.session().id();
        String stored = "{\"role\":\"user\", \"n\":1e2, \"content\":\"\\u00e9\"}";
        given.sessions().append(id, NewMessage.of(stored));
        NewMessage same = NewMessage.of("{\"content\":\"\u00E9\",\"n\":100,\"role\":\"user\"}");

        Replaced replaced = replace(given, id, List.of(same, NewMessage.user("next")));

        assertThat(replaced.newGeneration()).as("whether it began anew").isFalse();
        assertThat(given.sessions().transcript(id).messages().get(0).body().text())
                .as("the text of what was there")
                .isEqualTo(stored);
        assertThat(given.sessions().get(id).lastSequence()).as("the last").isEqualTo(2);
    }

    @Clause(id = "GEN-APPEND-003")
    void sameTranscriptWritesNothing(ClauseContext given) {
        SessionId id = filled(given);
        given.clock().move(Duration.ofHours(1));
        Session before = given.sessions().get(id);

        Replaced replaced = replace(given, id, texts("a", "b", "c"));

        assertThat(replaced).as("what it did").isEqualTo(new Replaced(id, 0, 4, 3, false, false));
        Expect.same(given.sessions().get(id), before);
        SessionId empty = given.session().id();
        assertThat(replace(given, empty, List.of()))
                .as("what it did to an empty one")
                .isEqualTo(new Replaced(empty, 0, 1, 0, false, false));
    }

    @Clause(id = "GEN-APPEND-004")
    void firstTranscriptIsAppended(ClauseContext given) {
        SessionId id = given.session().id();

        assertThat(replace(given, id, texts("a", "b")))
                .as("what it did")
                .isEqualTo(new Replaced(id, 0, 1, 2, false, false));
        isNow(given, id, 1, "a", "b");
    }

    @Clause(id = "GEN-NEW-001")
    void otherTranscriptBeginsAnew(ClauseContext given) {
        SessionId id = filled(given);

        Replaced replaced = replace(given, id, texts("a", "x", "c", "d"));

        assertThat(replaced).as("what it did").isEqualTo(new Replaced(id, 3, 4, 7, true, false));
        isNow(given, id, 4, "a", "x", "c", "d");
        Session session = given.sessions().get(id);
        assertThat(session.baseSequence()).as("the base sequence").isEqualTo(3);
        assertThat(session.lastSequence()).as("the last sequence").isEqualTo(7);
        assertThat(session.messageCount()).as("messages").isEqualTo(4);
        assertThat(given.sessions().append(id, NewMessage.user("e")).firstSequence())
                .as("the next sequence")
                .isEqualTo(8);
    }

    @Clause(id = "GEN-NEW-002")
    void shorterTranscriptBeginsAnew(ClauseContext given) {
        SessionId id = filled(given);

        assertThat(replace(given, id, texts("a", "b")))
                .as("what it did")
                .isEqualTo(new Replaced(id, 3, 4, 5, true, false));
        isNow(given, id, 4, "a", "b");
    }

    @Clause(id = "GEN-NEW-003")
    void emptyTranscript(ClauseContext given) {
        SessionId id = filled(given);
        given.clock().move(Duration.ofHours(1));

        assertThat(replace(given, id, List.of()))
                .as("what it did")
                .isEqualTo(new Replaced(id, 3, 4, 3, true, false));
        isNow(given, id, 4);
        assertThat(given.sessions().get(id).messageCount()).as("messages").isZero();
        assertThat(given.sessions().get(id).lastActivityAt())
                .as("the last activity")
                .isEqualTo(given.clock().instant());
        assertThat(replace(given, id, texts("a")))
                .as("what follows an empty transcript")
                .isEqualTo(new Replaced(id, 3, 4, 4, false, false));
    }

    @Clause(id = "GEN-NEW-004")
    void differenceAtTheEnd(ClauseContext given) {
        SessionId id = given.session().id();
        List<NewMessage> many = new ArrayList<>(AppendClauses.batch(300));
        given.sessions().append(id, many, AppendOptions.plain());
        many.set(299, NewMessage.of("\"other\""));

        Replaced replaced = replace(given, id, many);

        assertThat(replaced)
                .as("what it did")
                .isEqualTo(new Replaced(id, 300, 301, 600, true, false));
    }

    @Clause(id = "GEN-NEW-005")
    void comparesWithTheCurrentOne(ClauseContext given) {
        SessionId id = filled(given);
        replace(given, id, texts("x"));

        assertThat(replace(given, id, texts("a", "b", "c")))
                .as("what going back to the first did")
                .isEqualTo(new Replaced(id, 4, 5, 7, true, false));
        assertThat(replace(given, id, texts("a", "b", "c", "d")))
                .as("what going on did")
                .isEqualTo(new Replaced(id, 4, 8, 8, false, false));
        isNow(given, id, 5, "a", "b", "c", "d");
    }

    @Clause(id = "GEN-NEW-006")
    void largeTranscripts(ClauseContext given) {
        SessionId id = filled(given);
        List<NewMessage> many =
                IntStream.range(0, 12_001)
                        .mapToObj(i -> NewMessage.of(Integer.toString(i)))
                        .toList();

        assertThat(replace(given, id, many))
                .as("what it did")
                .isEqualTo(new Replaced(id, 3, 4, 12_004, true, false));

        List<Message> messages = given.sessions().transcript(id).messages();
        assertThat(messages)
                .extracting(m -> m.body().text())
                .as("the transcript")
                .isEqualTo(many.stream().map(m -> m.body().text()).toList());
        assertThat(given.sessions().get(id).messageCount()).as("messages").isEqualTo(12_001);
        assertThat(messages.get(12_000).sequence()).as("the last sequence").isEqualTo(12_004);
    }

    @Clause(id = "GEN-READ-001")
    void currentTranscriptAlone(ClauseContext given) {
        SessionId id = filled(given);
        replace(given, id, texts("x", "y"));

        List<Message> current = given.sessions().transcript(id).messages();
        isNow(given, id, 4, "x", "y");
        List<Message> streamed = new ArrayList<>();
        given.sessions().streamTranscript(id, streamed::add);
        assertThat(streamed).as("the streamed transcript").isEqualTo(current);
        assertThat(given.sessions().lastMessages(id, 10)).as("the last ten").isEqualTo(current);
    }

    @Clause(id = "GEN-READ-002")
    void sequencesOfEarlierGenerationsStay(ClauseContext given) {
        SessionId id = filled(given);
        replace(given, id, texts("x", "y"));
        long base = given.sessions().get(id).baseSequence();

        assertThat(read(given, id, MessageRange.all()))
                .as("every message ever appended")
                .containsExactly("1 \"a\"", "2 \"b\"", "3 \"c\"", "4 \"x\"", "5 \"y\"");
        assertThat(read(given, id, MessageRange.after(2)))
                .as("what follows the second")
                .containsExactly("3 \"c\"", "4 \"x\"", "5 \"y\"");
        assertThat(read(given, id, MessageRange.after(base)))
                .as("what follows the base")
                .containsExactly("4 \"x\"", "5 \"y\"");
        assertThat(read(given, id, MessageRange.all().newestFirst()))
                .as("all, newest first")
                .hasSize(5)
                .startsWith("5 \"y\"")
                .endsWith("1 \"a\"");
    }

    private static List<String> read(ClauseContext given, SessionId id, MessageRange range) {
        return Expect.walk(2, page -> given.sessions().messages(id, range, page)).stream()
                .map(m -> m.sequence() + " " + m.body().text())
                .toList();
    }

    @Clause(id = "GEN-LIFE-001")
    void deletionAndPurge(ClauseContext given) {
        SessionId id = filled(given);
        replace(given, id, texts("x"));
        given.sessions().delete(id);
        given.sessions().restore(id);
        isNow(given, id, 4, "x");

        Session session = given.sessions().get(id);
        given.sessions().purge(id);
        Expect.answer(() -> given.sessions().create(NewSession.on(session.configId()).id(id)));
        assertThat(read(given, id, MessageRange.all())).as("what purging left").isEmpty();
        assertThat(given.sessions().get(id).baseSequence()).as("the base").isZero();
        assertThat(replace(given, id, texts("a")).firstSequence()).as("the first").isEqualTo(1);
    }
}

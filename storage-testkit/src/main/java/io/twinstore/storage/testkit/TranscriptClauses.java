package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Transcripts: by range, in pages, the last messages, whole and streamed. */
final class TranscriptClauses {

    /** A session with this many messages, beside another one that also has some. */
    private static SessionId withMessages(ClauseContext given, int count) {
        SessionId id = given.session().id();
        given.sessions().append(id, AppendClauses.batch(count), AppendOptions.plain());
        given.sessions().append(given.session().id(), NewMessage.user("not mine"));
        return id;
    }

    private static List<Long> sequences(List<Message> messages) {
        return messages.stream().map(Message::sequence).toList();
    }

    private static List<Long> read(ClauseContext given, SessionId id, MessageRange range) {
        return sequences(given.sessions().messages(id, range, PageRequest.first()).items());
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Clause(id = "TRN-RANGE-001")
    void readsForward(ClauseContext given) {
        SessionId id = withMessages(given, 4);

        assertThat(read(given, id, MessageRange.all())).containsExactly(1L, 2L, 3L, 4L);
        assertThat(given.sessions().messages(id, MessageRange.all(), PageRequest.first()).items())
                .extracting(message -> message.body().text())
                .isEqualTo(AppendClauses.batch(4).stream().map(m -> m.body().text()).toList());
    }

    @Clause(id = "TRN-RANGE-002")
    void readsBackward(ClauseContext given) {
        SessionId id = withMessages(given, 4);

        assertThat(read(given, id, MessageRange.all().newestFirst()))
                .containsExactly(4L, 3L, 2L, 1L);
        assertThat(read(given, id, MessageRange.between(2, 3).newestFirst()))
                .containsExactly(3L, 2L);
    }

    @Clause(id = "TRN-RANGE-003")
    void boundsAreIncluded(ClauseContext given) {
        SessionId id = withMessages(given, 6);

        assertThat(read(given, id, MessageRange.between(2, 4))).containsExactly(2L, 3L, 4L);
        assertThat(read(given, id, MessageRange.between(5, 5))).containsExactly(5L);
        assertThat(read(given, id, MessageRange.between(5, 99))).containsExactly(5L, 6L);
    }

    @Clause(id = "TRN-RANGE-004")
    void afterIsExcluded(ClauseContext given) {
        SessionId id = withMessages(given, 4);

        assertThat(read(given, id, MessageRange.after(0))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(read(given, id, MessageRange.after(2))).containsExactly(3L, 4L);
        assertThat(read(given, id, MessageRange.after(4))).isEmpty();
        assertThat(read(given, id, MessageRange.after(Long.MAX_VALUE))).isEmpty();
    }

    @Clause(id = "TRN-RANGE-005")
    void emptyRangeIsAPage(ClauseContext given) {
        SessionId id = withMessages(given, 4);
        for (MessageRange range : List.of(MessageRange.between(3, 2), MessageRange.between(5, 9))) {
            Page<Message> page = given.sessions().messages(id, range, PageRequest.first());

            assertThat(page.items()).as("messages in %s", range).isEmpty();
            assertThat(page.next()).as("a next page").isEmpty();
        }
    }

    @Clause(id = "TRN-RANGE-006")
    void unknownSessionIsNotFound(ClauseContext given) {
        SessionId unknown = given.sessionId();
        PageRequest first = PageRequest.first();

        Expect.notFound(
                "session",
                unknown,
                () -> given.sessions().messages(unknown, MessageRange.all(), first));
        Expect.notFound("session", unknown, () -> given.sessions().lastMessages(unknown, 1));
        Expect.notFound("session", unknown, () -> given.sessions().transcript(unknown));
        Expect.notFound(
                "session", unknown, () -> given.sessions().streamTranscript(unknown, m -> {}));
    }

    @Clause(id = "TRN-PAGE-001")
    void pagesAreComplete(ClauseContext given) {
        SessionId id = withMessages(given, 10);
        for (int size : new int[] {1, 3, 5, 10, 1000}) {
            assertThat(
                            sequences(
                                    Expect.walk(
                                            size,
                                            page ->
                                                    given.sessions()
                                                            .messages(
                                                                    id, MessageRange.all(), page))))
                    .as("all pages of %s", size)
                    .isEqualTo(upTo(10));
        }
    }

    @Clause(id = "TRN-PAGE-002")
    void pagesRunBackward(ClauseContext given) {
        SessionId id = withMessages(given, 10);
        MessageRange range = MessageRange.between(2, 9).newestFirst();

        assertThat(sequences(Expect.walk(3, page -> given.sessions().messages(id, range, page))))
                .containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L);
    }

    @Clause(id = "TRN-PAGE-003")
    void pagesStandAppends(ClauseContext given) {
        SessionId id = withMessages(given, 5);
        MessageRange backward = MessageRange.all().newestFirst();
        Page<Message> newest = given.sessions().messages(id, backward, PageRequest.ofSize(2));
        Page<Message> oldest =
                given.sessions().messages(id, MessageRange.all(), PageRequest.ofSize(2));
        given.sessions().append(id, AppendClauses.batch(3), AppendOptions.plain());

        PageRequest older = PageRequest.ofSize(2).after(newest).orElseThrow();
        PageRequest newer = PageRequest.ofSize(2).after(oldest).orElseThrow();

        assertThat(sequences(given.sessions().messages(id, backward, older).items()))
                .as("backward")
                .containsExactly(3L, 2L);
        assertThat(sequences(given.sessions().messages(id, MessageRange.all(), newer).items()))
                .as("forward")
                .containsExactly(3L, 4L);
    }

    @Clause(id = "TRN-LAST-001")
    void lastMessagesOldestFirst(ClauseContext given) {
        SessionId id = withMessages(given, 5);

        assertThat(sequences(given.sessions().lastMessages(id, 1))).containsExactly(5L);
        assertThat(sequences(given.sessions().lastMessages(id, 3))).containsExactly(3L, 4L, 5L);
        assertThat(sequences(given.sessions().lastMessages(id, 5))).isEqualTo(upTo(5));
        assertThat(sequences(given.sessions().lastMessages(id, 1000))).isEqualTo(upTo(5));
        assertThat(given.sessions().lastMessages(given.session().id(), 3)).isEmpty();
    }

    @Clause(id = "TRN-LAST-002")
    void lastMessagesAreBounded(ClauseContext given) {
        SessionId id = withMessages(given, 2);
        for (int bad : new int[] {Integer.MIN_VALUE, -1, 0, 1001}) {
            Expect.refused("n", () -> given.sessions().lastMessages(id, bad));
        }
    }

    @Clause(id = "TRN-WHOLE-001")
    void wholeIsWhole(ClauseContext given) {
        SessionId id = given.session().id();
        List<NewMessage> messages = Samples.BODIES.stream().map(NewMessage::of).toList();
        given.sessions().append(id, messages.subList(0, 3), AppendOptions.plain());
        given.sessions().append(id, messages.subList(3, messages.size()), AppendOptions.plain());

        Transcript whole = given.sessions().transcript(id);

        assertThat(whole.sessionId()).isEqualTo(id);
        assertThat(sequences(whole.messages())).isEqualTo(upTo(messages.size()));
        assertThat(whole.messages()).extracting(Message::sessionId).containsOnly(id);
        assertThat(whole.toJsonArray()).isEqualTo("[" + String.join(",", Samples.BODIES) + "]");
    }

    @Clause(id = "TRN-WHOLE-002")
    void wholeOfNothingIsEmpty(ClauseContext given) {
        SessionId id = given.session().id();
        List<Message> streamed = new ArrayList<>();
        given.sessions().streamTranscript(id, streamed::add);

        assertThat(given.sessions().transcript(id).messages()).as("whole").isEmpty();
        assertThat(streamed).as("streamed").isEmpty();
        assertThat(read(given, id, MessageRange.all())).as("by range").isEmpty();
    }

    @Clause(id = "TRN-WHOLE-003")
    void allWaysAgree(ClauseContext given) {
        SessionId id = withMessages(given, 2_500);
        List<Message> whole = given.sessions().transcript(id).messages();
        List<Message> streamed = new ArrayList<>();
        given.sessions().streamTranscript(id, streamed::add);

        assertThat(sequences(whole)).as("whole").isEqualTo(upTo(2_500));
        assertThat(streamed).as("streamed").isEqualTo(whole);
        assertThat(
                        Expect.walk(
                                1000,
                                page -> given.sessions().messages(id, MessageRange.all(), page)))
                .as("by pages")
                .isEqualTo(whole);
        assertThat(given.sessions().lastMessages(id, 1000))
                .as("the last 1000")
                .isEqualTo(whole.subList(1_500, 2_500));
    }

    @Clause(id = "TRN-STREAM-001")
    void streamShowsTheBeginning(ClauseContext given) {
        SessionId id = withMessages(given, 300);
        List<Long> seen = new ArrayList<>();

        given.sessions()
                .streamTranscript(
                        id,
                        message -> {
                            seen.add(message.sequence());
                            if (message.sequence() % 100 == 1) {
                                given.sessions().append(id, NewMessage.user("meanwhile"));
                            }
                        });

        assertThat(seen).as("what was there when the call began").isEqualTo(upTo(300));
        assertThat(given.sessions().get(id).lastSequence()).as("what is there now").isEqualTo(303);
    }

    @Clause(id = "TRN-STREAM-002")
    void consumerMayThrow(ClauseContext given) {
        SessionId id = withMessages(given, 10);
        IllegalStateException enough = new IllegalStateException("enough");
        // More often than a pool has connections: each one must come back.
        for (int i = 0; i < 25; i++) {
            List<Long> seen = new ArrayList<>();
            IllegalStateException thrown =
                    Expect.thrown(
                            IllegalStateException.class,
                            () ->
                                    given.sessions()
                                            .streamTranscript(
                                                    id,
                                                    message -> {
                                                        seen.add(message.sequence());
                                                        if (seen.size() == 3) {
                                                            throw enough;
                                                        }
                                                    }));
            assertThat(thrown).as("what the consumer threw").isSameAs(enough);
            assertThat(seen).containsExactly(1L, 2L, 3L);
        }
        assertThat(given.sessions().append(id, NewMessage.user("on")).firstSequence())
                .isEqualTo(11);
    }
}

package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.GenerationClauses.filled;
import static io.twinstore.storage.testkit.GenerationClauses.texts;
import static io.twinstore.storage.testkit.Tailing.next;
import static io.twinstore.storage.testkit.Tailing.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import java.util.List;

/** Follows a session whose transcript is replaced by another storage. */
final class TailReplacementClauses {

    private static void replace(SessionStore sessions, SessionId id, String... texts) {
        sessions.replaceTranscript(id, texts(texts), AppendOptions.plain());
    }

    /** Asserts that the next events are these of all messages there ever were. */
    private static void messages(ClauseContext given, Tail tail, SessionId id, int first, int last)
            throws InterruptedException {
        List<Message> all =
                given.sessions().messages(id, MessageRange.all(), PageRequest.ofSize(1000)).items();
        for (Message message : all.subList(first - 1, last)) {
            assertThat(next(tail))
                    .as("message %s", message.sequence())
                    .isEqualTo(new TailEvent.MessageAppended(message));
        }
    }

    private static void replaced(Tail tail, SessionId id, long base) throws InterruptedException {
        TailEvent event = next(tail);
        assertThat(event).as("the event").isEqualTo(new TailEvent.TranscriptReplaced(id, base));
        assertThat(event.action()).as("its action").isEqualTo("transcript_replaced");
    }

    @Clause(id = "TAIL-REPLACE-001")
    void toldBetweenOldAndNew(ClauseContext given) throws InterruptedException {
        SessionId id = filled(given);
        SessionStore other = given.open(options -> options).sessions();
        try (Tail tail = given.sessions().tail(id, 0)) {
            messages(given, tail, id, 1, 3);
            nothing(tail);
            replace(other, id, "x", "y");
            replaced(tail, id, 3);
            messages(given, tail, id, 4, 5);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-REPLACE-002")
    void emptied(ClauseContext given) throws InterruptedException {
        SessionId id = filled(given);
        SessionStore other = given.open(options -> options).sessions();
        try (Tail tail = given.sessions().tail(id, 3)) {
            nothing(tail);
            replace(other, id);
            replaced(tail, id, 3);
            nothing(tail);
            other.append(id, NewMessage.user("next"));
            messages(given, tail, id, 4, 4);
        }
    }

    @Clause(id = "TAIL-REPLACE-003")
    void whatGoesOnIsAppended(ClauseContext given) throws InterruptedException {
        SessionId id = filled(given);
        SessionStore other = given.open(options -> options).sessions();
        try (Tail tail = given.sessions().tail(id, 3)) {
            nothing(tail);
            replace(other, id, "a", "b", "c", "d");
            messages(given, tail, id, 4, 4);
            replace(other, id, "a", "b", "c", "d");
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-REPLACE-004")
    void resumesInAnEarlierTranscript(ClauseContext given) throws InterruptedException {
        SessionId id = filled(given);
        replace(given.sessions(), id, "x", "y");
        try (Tail tail = given.sessions().tail(id, 1)) {
            messages(given, tail, id, 2, 3);
            replaced(tail, id, 3);
            messages(given, tail, id, 4, 5);
            nothing(tail);
        }
        try (Tail tail = given.sessions().tail(id, 4)) {
            messages(given, tail, id, 5, 5);
            nothing(tail);
        }
    }
}

package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Tailing.append;
import static io.twinstore.storage.testkit.Tailing.next;
import static io.twinstore.storage.testkit.Tailing.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Follows sessions whose transcripts are replaced by another storage. */
final class TailReplaceClauses {

    private static void replace(SessionStore sessions, SessionId id, int count) {
        List<NewMessage> transcript =
                IntStream.range(0, count)
                        .mapToObj(i -> NewMessage.of("{\"new\":" + i + "}"))
                        .toList();
        sessions.replaceTranscript(id, transcript, AppendOptions.plain());
    }

    /**
     * Returns what a tail hands out that begins after this sequence of a transcript from a base.
     */
    private static List<TailEvent> expected(
            SessionStore sessions, SessionId id, long after, long base) {
        List<TailEvent> events = new ArrayList<>();
        sessions.messages(id, MessageRange.after(after), PageRequest.ofSize(1000))
                .items()
                .forEach(message -> events.add(new TailEvent.MessageAppended(message)));
        if (base >= after) {
            events.add((int) (base - after), new TailEvent.TranscriptReplaced(id, base));
        }
        return events;
    }

    @Clause(id = "TAIL-REPLACE-001")
    void isToldBetweenOldAndNew(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        SessionStore other = given.open(options -> options).sessions();
        append(other, id, 2);
        try (Tail tail = given.sessions().tail(id, 0)) {
            next(tail);
            append(other, id, 1);
            replace(other, id, 2);
            append(other, id, 1);
            assertThat(next(tail, 6))
                    .as("the old messages, the replacement, and the new ones")
                    .isEqualTo(expected(other, id, 1, 3));
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-REPLACE-002")
    void isToldToWhoeverComesFromBefore(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        append(given.sessions(), id, 3);
        replace(given.sessions(), id, 2);
        for (long after = 0; after <= 5; after++) {
            List<TailEvent> expected = expected(given.sessions(), id, after, 3);
            try (Tail tail = given.sessions().tail(id, after)) {
                for (TailEvent event : expected) {
                    assertThat(next(tail)).as("what follows %s", after).isEqualTo(event);
                }
                nothing(tail);
            }
        }
    }

    @Clause(id = "TAIL-REPLACE-003")
    void anEmptyTranscriptIsToldAsWell(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        SessionId id = given.sessionOf(ada).id();
        SessionStore other = given.open(options -> options).sessions();
        append(other, id, 1);
        try (Tail tail = given.sessions().tailAll(ada)) {
            nothing(tail);
            replace(other, id, 0);
            assertThat(next(tail)).isEqualTo(new TailEvent.TranscriptReplaced(id, 1));
            nothing(tail);
            append(other, id, 1);
            assertThat(next(tail)).isEqualTo(expected(other, id, 1, 0).get(0));
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-REPLACE-004")
    void whatOnlyGoesOnIsNoReplacement(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        try (Tail tail = given.sessions().tail(id, 0)) {
            replace(given.sessions(), id, 1);
            replace(given.sessions(), id, 3);
            assertThat(next(tail, 3)).isEqualTo(expected(given.sessions(), id, 0, -1));
            nothing(tail);
        }
    }
}

package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** What clauses about tails do again and again. */
final class Tailing {

    private Tailing() {}

    /** Returns the next event, which must come. */
    static TailEvent next(Tail tail) throws InterruptedException {
        Optional<TailEvent> event = tail.next(Patience.now());
        assertThat(event).as("the next event of a tail").isPresent();
        return event.orElseThrow();
    }

    /** Returns the next events, of which there must be as many. */
    static List<TailEvent> next(Tail tail, int count) throws InterruptedException {
        List<TailEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(next(tail));
        }
        return events;
    }

    /** Asserts that the tail has nothing to hand out now. */
    static void nothing(Tail tail) throws InterruptedException {
        assertThat(tail.next(Duration.ZERO)).as("an event where none is due").isEmpty();
    }

    /** Asserts that the next events are the messages of these sequences of the session, whole. */
    static void messages(SessionStore sessions, Tail tail, SessionId id, long first, long last)
            throws InterruptedException {
        for (Message message : sessions.transcript(id).messages()) {
            if (message.sequence() >= first && message.sequence() <= last) {
                assertThat(next(tail))
                        .as("message %s, as it was appended", message.sequence())
                        .isEqualTo(new TailEvent.MessageAppended(message));
            }
        }
    }

    /** Appends one message after the other, the bodies all different. */
    static void append(SessionStore sessions, SessionId id, int count) {
        for (int i = 0; i < count; i++) {
            sessions.append(id, NewMessage.of("{\"n\":" + i + ",\"by\":\"" + id + "\"}"));
        }
    }

    /** Returns the sequences of events that must all be messages. */
    static List<Long> sequences(List<TailEvent> events) {
        assertThat(events).hasOnlyElementsOfType(TailEvent.MessageAppended.class);
        return events.stream()
                .map(event -> ((TailEvent.MessageAppended) event).message())
                .map(Message::sequence)
                .toList();
    }

    /** Returns the numbers from 1. */
    static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}

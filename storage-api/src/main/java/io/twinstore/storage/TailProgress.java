package io.twinstore.storage;

import java.util.HashMap;
import java.util.Map;

/** How far a listener or a subscriber has handled what a tail hands out. Thread-safe. */
final class TailProgress {

    private final Map<SessionId, Long> handled;

    /** Begins where the tail stands. */
    TailProgress(Tail tail) {
        this.handled = new HashMap<>(tail.positions());
    }

    /** Notes that an event was handled. */
    synchronized void note(TailEvent event) {
        if (event instanceof TailEvent.MessageAppended appended) {
            handled.put(event.sessionId(), appended.message().sequence());
        } else if (event instanceof TailEvent.SessionPurged) {
            handled.remove(event.sessionId());
        }
    }

    /** Returns the sequence of the last message handled of each session, or where it began. */
    synchronized Map<SessionId, Long> positions() {
        return Map.copyOf(handled);
    }
}

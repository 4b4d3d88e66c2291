package io.twinstore.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A tail that hands out this many messages at once, and then ends. */
final class EndingTail implements Tail {

    private static final SessionId ID = SessionId.of("endless");

    private final long last;
    private long handedOut;
    private boolean closed;

    EndingTail(long last) {
        this.last = last;
    }

    @Override
    public synchronized Optional<TailEvent> next(Duration timeout) {
        if (closed || handedOut == last) {
            closed = true;
            throw new StorageClosedException("The tail has ended.");
        }
        handedOut++;
        return Optional.of(
                new TailEvent.MessageAppended(
                        new Message(ID, handedOut, null, Json.of("1"), Instant.EPOCH)));
    }

    /** Returns how many events were asked for and handed out. */
    synchronized long handedOut() {
        return handedOut;
    }

    @Override
    public synchronized Map<SessionId, Long> positions() {
        return Map.of(ID, handedOut);
    }

    @Override
    public Optional<StorageException> trouble() {
        return Optional.empty();
    }

    @Override
    public synchronized boolean isClosed() {
        return closed || handedOut == last;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}

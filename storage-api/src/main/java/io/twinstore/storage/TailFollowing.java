package io.twinstore.storage;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener that is told the events of a tail, until one of the two ends; made by {@link
 * Tail#follow}. Thread-safe.
 *
 * <p>To go on after a failure, open a tail at {@link #positions}: the message that was not handled
 * comes first again. Events beside messages tell what is so now and do not come again; who keeps
 * what they say reads the session anew.
 */
public final class TailFollowing implements AutoCloseable {

    /** How long it waits at a time; any length would do, since closing the tail wakes it. */
    private static final Duration TURN = Duration.ofMinutes(1);

    private final Tail tail;
    private final Consumer<? super TailEvent> listener;
    private final Map<SessionId, Long> handled;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile boolean closed;

    private TailFollowing(Tail tail, Consumer<? super TailEvent> listener) {
        this.tail = tail;
        this.listener = listener;
        this.handled = new HashMap<>(tail.positions());
    }

    static TailFollowing begin(Tail tail, Consumer<? super TailEvent> listener) {
        TailFollowing following = new TailFollowing(tail, listener);
        Thread thread = new Thread(following::run, "twinstore-tail-listener");
        thread.setDaemon(true);
        thread.start();
        return following;
    }

    private void run() {
        Throwable failure = null;
        try {
            for (boolean more = true; more; ) {
                more = handleNext();
            }
        } catch (Throwable e) {
            failure = e;
        }
        tail.close();
        if (failure == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(failure);
        }
    }

    /** Returns whether there may be more. */
    private boolean handleNext() throws InterruptedException {
        Optional<TailEvent> event;
        try {
            event = tail.next(TURN);
        } catch (StorageClosedException e) {
            return false;
        }
        if (event.isPresent() && !closed) {
            listener.accept(event.get());
            note(event.get());
        }
        return !closed;
    }

    private void note(TailEvent event) {
        synchronized (handled) {
            if (event instanceof TailEvent.MessageAppended appended) {
                handled.put(event.sessionId(), appended.message().sequence());
            } else if (event instanceof TailEvent.SessionPurged) {
                handled.remove(event.sessionId());
            }
        }
    }

    /**
     * Returns for each session the sequence of the last message that the listener handled, or where
     * the tail began.
     */
    public Map<SessionId, Long> positions() {
        synchronized (handled) {
            return Map.copyOf(handled);
        }
    }

    /**
     * Returns what is complete once the listener is told nothing more: normally when the following,
     * the tail or its storage was closed or the session purged, else with what the listener or
     * {@link Tail#next} threw.
     */
    public CompletionStage<@Nullable Void> ended() {
        return ended.minimalCompletionStage();
    }

    /** Ends the following and its tail. The listener may be in its last event for a while yet. */
    @Override
    public void close() {
        closed = true;
        tail.close();
    }
}

package io.twinstore.storage;

import java.time.Duration;
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
    private final TailProgress progress;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile boolean closed;

    private TailFollowing(Tail tail, Consumer<? super TailEvent> listener) {
        this.tail = tail;
        this.listener = listener;
        this.progress = new TailProgress(tail);
    }

    static TailFollowing begin(Tail tail, Consumer<? super TailEvent> listener) {
        if (!TailOwners.take(tail)) {
            throw TailOwners.taken();
        }
        TailFollowing following = new TailFollowing(tail, listener);
        Thread thread = new Thread(following::run, "twinstore-tail-listener");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (Error e) {
            tail.close();
            throw e;
        }
        return following;
    }

    private void run() {
        Throwable failure = null;
        try (tail) {
            for (boolean more = true; more; ) {
                more = handleNext();
            }
        } catch (Throwable e) {
            failure = e;
        }
        if (failure == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(failure);
            // Where nobody looks at how it ended, a feed would stop without a word.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
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
            progress.note(event.get());
        }
        return !closed;
    }

    /**
     * Returns for each session the sequence of the last message that the listener handled, or where
     * the tail began. After {@link #close} the listener may still be in its last event; what it
     * handled is complete once {@link #ended} is.
     */
    public Map<SessionId, Long> positions() {
        return progress.positions();
    }

    /** Returns why the database cannot be reached at present, or nothing when all is well. */
    public Optional<StorageException> trouble() {
        return tail.trouble();
    }

    /**
     * Returns what is complete once the listener is told nothing more: normally when the following,
     * the tail or its storage was closed or the session purged, else with what the listener or
     * {@link Tail#next} threw; that goes to the thread's uncaught exception handler, too.
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

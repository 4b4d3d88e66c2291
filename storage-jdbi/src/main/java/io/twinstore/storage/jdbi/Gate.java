package io.twinstore.storage.jdbi;

import io.twinstore.storage.StorageClosedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets calls in while the storage is open. Closing it refuses new calls and gives those under way a
 * while to complete, so that a host that stops leaves no append of which it does not know whether
 * it was made.
 */
final class Gate {

    private final Semaphore passes = new Semaphore(Integer.MAX_VALUE);
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Lets a call in; it must {@link #leave}. */
    void enter() {
        // Closing takes every pass, so that a call which saw the gate open just before finds none.
        if (closed.get() || !passes.tryAcquire()) {
            throw new StorageClosedException("The storage is closed.");
        }
    }

    void leave() {
        passes.release();
    }

    boolean isClosed() {
        return closed.get();
    }

    /**
     * Refuses new calls and waits for those under way.
     *
     * @return whether this call closed the gate, rather than an earlier one
     */
    boolean close(Duration grace) {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        try {
            passes.tryAcquire(Integer.MAX_VALUE, grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}

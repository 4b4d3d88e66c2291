package io.twinstore.storage.jdbi;

import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageClosedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The line in front of connections: lets in as many callers as there are, in the order in which
 * they came. Unlike a pool's own line, it knows when the storage closes: nobody in it waits any
 * longer.
 */
public final class WaitingLine {

    /** More than threads can wait, and twice that is not more than a semaphore can count. */
    private static final int EVERYBODY = 1 << 29;

    private final Semaphore free;
    private final Duration patience;
    private final String tooLate;
    private volatile boolean closed;

    /**
     * @param connections how many callers are let in
     * @param patience how long one waits
     * @param tooLate what to say to one that waited for so long
     */
    public WaitingLine(int connections, Duration patience, String tooLate) {
        this.free = new Semaphore(connections, true);
        this.patience = patience;
        this.tooLate = tooLate;
    }

    /** Returns a line where nobody waits, for connections that have a line of their own. */
    public static WaitingLine none() {
        return new WaitingLine(EVERYBODY, Duration.ZERO, "");
    }

    /**
     * Waits for a connection to be free. The caller must {@link #leave} when it is done with it.
     *
     * @throws StorageBusyException when none became free in time, or the thread is interrupted
     *     while it waits; it stays interrupted
     * @throws StorageClosedException when the storage was closed
     */
    public void enter() {
        if (free.hasQueuedThreads() || !free.tryAcquire()) {
            await();
        }
        try {
            refuseClosed();
        } catch (StorageClosedException e) {
            free.release();
            throw e;
        }
    }

    /** Refuses to go on when the storage was closed, for a caller that was let in before. */
    public void refuseClosed() {
        if (closed) {
            throw new StorageClosedException("The storage was closed.");
        }
    }

    private void await() {
        try {
            if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StorageBusyException(tooLate);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageBusyException(
                    "The thread was interrupted while it waited for a connection; nothing was written.");
        }
    }

    /** Frees the connection for the next in the line. */
    public void leave() {
        free.release();
    }

    /** Returns how many callers wait. */
    public int waiting() {
        return free.getQueueLength();
    }

    /** Returns whether somebody who came now would wait. */
    public boolean isBusy() {
        return free.availablePermits() == 0;
    }

    /** Refuses everybody who waits and who comes from now on; called once. */
    public void close() {
        closed = true;
        free.release(EVERYBODY);
    }
}

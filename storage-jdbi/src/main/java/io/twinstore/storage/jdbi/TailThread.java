package io.twinstore.storage.jdbi;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs while there are tails and a little longer. Whatever a turn of it throws, the
 * next one comes: tails that nobody wakes any more would not say so.
 */
abstract class TailThread implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(TailThread.class);
    private static final long LINGER = TimeUnit.SECONDS.toNanos(10);
    private static final long AFTER_FAULT = TimeUnit.SECONDS.toMillis(1);

    private final TailHub hub;
    private final String name;
    private @Nullable Thread thread;
    private boolean stopped;

    // What follows is for the thread alone.
    private long busyAt;
    private boolean failing;

    TailThread(TailHub hub, String name) {
        this.hub = hub;
        this.name = name;
    }

    /** Prepares the thread's first turn. */
    abstract void begin();

    /** Does one thing, waiting for it for a few seconds at most. */
    abstract void turn() throws InterruptedException;

    /** Gives up what is held. Called by the thread when it ends, and by whoever stops it. */
    abstract void end();

    /** Starts the thread unless it runs. */
    synchronized void start() {
        if (thread == null && !stopped) {
            Thread fresh = DaemonThreads.make(this, name);
            fresh.start();
            // Only now: where no thread was to be had, the next tail tries again.
            thread = fresh;
        }
    }

    /** Ends the thread, for good. */
    final void stop() {
        synchronized (this) {
            stopped = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
        end();
    }

    final synchronized boolean isStopped() {
        return stopped;
    }

    @Override
    public final void run() {
        busyAt = System.nanoTime();
        try {
            begin();
            while (!isOver()) {
                turnOrComplain();
            }
        } finally {
            gone();
        }
    }

    private void turnOrComplain() {
        try {
            turn();
            failing = false;
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted: it is to stop, or somebody meant another thread.", name);
        } catch (RuntimeException | Error e) {
            complain(e);
        }
    }

    private void complain(Throwable fault) {
        try {
            if (!failing) {
                failing = true;
                LOG.warn("{} met with what it did not expect, and goes on.", name, fault);
            }
            Thread.sleep(AFTER_FAULT);
        } catch (InterruptedException | RuntimeException | Error e) {
            // Where it cannot even complain, it still goes on.
            return;
        }
    }

    private synchronized void gone() {
        if (thread == Thread.currentThread()) {
            thread = null;
        }
    }

    /** Ends the thread where nobody needs it, unless a tail is opened at this moment. */
    private synchronized boolean isOver() {
        long now = System.nanoTime();
        if (hub.hasTails()) {
            busyAt = now;
        }
        if (stopped || now - busyAt > LINGER) {
            end();
            thread = null;
            return true;
        }
        return false;
    }
}

package io.twinstore.storage.jdbi;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that listens for what other processes commit, and has the hub look on a heartbeat. It
 * runs while there are tails and a little longer. When it can listen no more it goes on looking,
 * tries to listen again, ever less often, and then has every tail look, since nobody knows what was
 * missed.
 */
final class TailWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(TailWatch.class);
    private static final long LINGER = TimeUnit.SECONDS.toNanos(10);
    private static final long FIRST_RETRY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_RETRY = TimeUnit.SECONDS.toNanos(5);

    private final TailHub hub;
    private final Notices notices;
    private final long heartbeat;
    private @Nullable Thread thread;
    private Notices.@Nullable Watch listening;
    private boolean stopped;

    // What follows is for the watching thread alone.
    private long lookAt;
    private long listenAt;
    private long retry;
    private long busyAt;

    TailWatch(TailHub hub, Notices notices, Duration heartbeat) {
        this.hub = hub;
        this.notices = notices;
        this.heartbeat = heartbeat.toNanos();
    }

    /** Starts the thread unless it runs. */
    synchronized void start() {
        if (thread == null && !stopped) {
            thread = TailHub.daemon(this, "twinstore-tail-watch");
            thread.start();
        }
    }

    /** Ends the thread, for good. */
    synchronized void stop() {
        stopped = true;
        if (thread != null) {
            thread.interrupt();
        }
        closeListening();
    }

    @Override
    public void run() {
        long now = System.nanoTime();
        lookAt = now + heartbeat;
        listenAt = now;
        busyAt = now;
        retry = FIRST_RETRY;
        try {
            while (!isOver()) {
                turn();
            }
        } catch (InterruptedException e) {
            // Only stop() interrupts this thread.
            LOG.debug("Watching for tails was stopped.");
        }
    }

    private void turn() throws InterruptedException {
        try {
            Notices.Watch watch = listening(System.nanoTime());
            long rest = Math.max(0, lookAt - System.nanoTime());
            if (watch == null) {
                long untilListening = Math.max(0, listenAt - System.nanoTime());
                TimeUnit.NANOSECONDS.sleep(Math.min(rest, untilListening));
            } else {
                watch.await(Duration.ofNanos(rest), this::notice);
                retry = FIRST_RETRY;
            }
        } catch (SQLException e) {
            LOG.debug("Listening for tails failed, SQLState {}.", e.getSQLState());
            forgetListening();
        }
        if (System.nanoTime() - lookAt >= 0) {
            lookAt = System.nanoTime() + heartbeat;
            hub.lookAtHeads();
        }
    }

    private void notice(Notice notice) {
        if (notice.equals(Notice.unknown())) {
            hub.lookAtHeads();
        } else {
            hub.wake(notice);
        }
    }

    /** Returns what listens, or null while it is not yet time to try. */
    private Notices.@Nullable Watch listening(long now) throws SQLException {
        Notices.Watch present;
        synchronized (this) {
            present = listening;
        }
        if (present == null && now - listenAt >= 0) {
            present = notices.watch();
            synchronized (this) {
                listening = present;
                if (stopped) {
                    closeListening();
                }
            }
            hub.wake(Notice.unknown());
        }
        return present;
    }

    private synchronized void forgetListening() {
        closeListening();
        listenAt = System.nanoTime() + retry;
        retry = Math.min(LONGEST_RETRY, 2 * retry);
    }

    private synchronized void closeListening() {
        if (listening != null) {
            listening.close();
            listening = null;
        }
    }

    /**
     * Ends the watch where there is nothing to watch for, unless a tail is opened at this moment.
     */
    private synchronized boolean isOver() {
        long now = System.nanoTime();
        if (hub.hasTails()) {
            busyAt = now;
        }
        if (stopped || now - busyAt > LINGER) {
            closeListening();
            thread = null;
            return true;
        }
        return false;
    }
}

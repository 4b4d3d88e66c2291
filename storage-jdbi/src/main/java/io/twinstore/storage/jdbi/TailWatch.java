package io.twinstore.storage.jdbi;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for what other processes commit. When it can listen no more it tries again, ever less
 * often, and then has every tail look, since nobody knows what was missed.
 */
final class TailWatch extends TailThread {

    private static final Logger LOG = LoggerFactory.getLogger(TailWatch.class);
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final long FIRST_RETRY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_RETRY = TimeUnit.SECONDS.toNanos(5);

    /** How long nothing is heard before that is worth a word. */
    private static final long LONG_DEAF = TimeUnit.SECONDS.toNanos(30);

    /** A look at all heads takes one of so many parts of the time at most. */
    private static final int SHARE = 4;

    private final TailHub hub;
    private final Notices notices;
    private Notices.@Nullable Watch listening;

    // What follows is for the thread alone.
    private long listenAt;
    private long retry;
    private long heardAt;
    private boolean complained;

    TailWatch(TailHub hub, Notices notices) {
        super(hub, "twinstore-tail-watch");
        this.hub = hub;
        this.notices = notices;
    }

    @Override
    void begin() {
        listenAt = System.nanoTime();
        retry = FIRST_RETRY;
        heard();
    }

    private void heard() {
        heardAt = System.nanoTime();
        complained = false;
        retry = FIRST_RETRY;
    }

    @Override
    void turn() throws InterruptedException {
        boolean done = false;
        try {
            Notices.Watch watch = listening();
            if (watch == null) {
                TimeUnit.NANOSECONDS.sleep(Math.min(TURN.toNanos(), untilListening()));
            } else {
                watch.await(TURN, this::notice);
                heard();
            }
            done = true;
        } catch (SQLException e) {
            complain(e);
        } finally {
            if (!done) {
                forgetListening();
            }
        }
    }

    private void complain(SQLException fault) {
        if (System.nanoTime() - heardAt > LONG_DEAF && !complained) {
            complained = true;
            LOG.warn(
                    "Notices of other processes have not been heard for a while (SQLState {}); tails look on"
                            + " every heartbeat.",
                    fault.getSQLState());
        } else {
            LOG.debug("Listening for tails failed, SQLState {}.", fault.getSQLState());
        }
    }

    private void notice(Notice notice) {
        if (!notice.equals(Notice.unknown())) {
            hub.wake(notice);
            return;
        }
        long begin = System.nanoTime();
        hub.lookAtHeads();
        long pause = (SHARE - 1) * (System.nanoTime() - begin);
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(pause, TURN.toNanos()));
        } catch (InterruptedException e) {
            // The thread's next wait ends it.
            Thread.currentThread().interrupt();
        }
    }

    private long untilListening() {
        return Math.max(0, listenAt - System.nanoTime());
    }

    /** Returns what listens, or null while it is not yet time to try. */
    private Notices.@Nullable Watch listening() throws SQLException {
        Notices.Watch present;
        synchronized (this) {
            present = listening;
        }
        if (present == null && untilListening() == 0) {
            present = notices.watch();
            synchronized (this) {
                listening = present;
                if (isStopped()) {
                    end();
                }
            }
            hub.wake(Notice.unknown());
        }
        return present;
    }

    private void forgetListening() {
        end();
        listenAt = System.nanoTime() + retry;
        retry = Math.min(LONGEST_RETRY, 2 * retry);
    }

    @Override
    synchronized void end() {
        Notices.Watch open = listening;
        listening = null;
        if (open != null) {
            open.close();
        }
    }
}

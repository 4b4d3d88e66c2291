package io.twinstore.storage.jdbi;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Has the hub look at all heads now and then, on a thread that waits for nothing else: a lost
 * notice delays an event by a heartbeat even where listening hangs.
 */
final class TailHeartbeat extends TailThread {

    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long TURN = TimeUnit.SECONDS.toNanos(5);

    private final TailHub hub;
    private final long interval;
    private final Object clock = new Object();
    private long lookAt;

    TailHeartbeat(TailHub hub, Duration interval) {
        super(hub, "twinstore-tail-heartbeat");
        this.hub = hub;
        this.interval = interval.toNanos();
    }

    @Override
    void begin() {
        lookIn(interval);
    }

    /** Has the hub look again soon, after a look that failed. */
    void retry() {
        lookIn(Math.min(RETRY, interval));
    }

    private void lookIn(long nanos) {
        synchronized (clock) {
            lookAt = System.nanoTime() + nanos;
            clock.notifyAll();
        }
    }

    @Override
    void turn() throws InterruptedException {
        if (isDue()) {
            lookIn(interval);
            hub.lookAtHeads();
        }
    }

    /** Waits for the time to look, for one turn at most, and returns whether it has come. */
    private boolean isDue() throws InterruptedException {
        synchronized (clock) {
            long end = System.nanoTime() + TURN;
            for (long rest = rest(end); rest > 0; rest = rest(end)) {
                // One more, since none would be waiting for ever.
                clock.wait(1 + TimeUnit.NANOSECONDS.toMillis(rest));
            }
            return lookAt - System.nanoTime() <= 0;
        }
    }

    private long rest(long end) {
        long now = System.nanoTime();
        return Math.min(lookAt - now, end - now);
    }

    @Override
    void end() {
        // It holds nothing.
    }
}

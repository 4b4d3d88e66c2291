package io.twinstore.storage.cli;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long to go on repeating a call while a database is away: some seconds, ever more slowly. */
final class Patience {

    private static final long WHOLE = Duration.ofSeconds(10).toNanos();
    private static final long FIRST_PAUSE = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(2).toNanos();

    private final long whole;
    private long start;
    private long pause;

    Patience() {
        this(WHOLE);
    }

    Patience(long wholeNanos) {
        whole = wholeNanos;
    }

    /** Returns true, after a pause, while there is time for another attempt. */
    boolean another() {
        long now = System.nanoTime();
        if (pause == 0) {
            start = now;
            pause = FIRST_PAUSE;
        }
        if (now - start + pause > whole || Thread.currentThread().isInterrupted()) {
            return false;
        }
        waitUntil(now + pause);
        pause = Math.min(LONGEST_PAUSE, pause * 2);
        return true;
    }

    private static void waitUntil(long end) {
        long left = end - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
    }
}

package io.twinstore.storage.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told otherwise, so that instants tie; it may jump back. */
public final class SettableClock implements InstantSource {

    private volatile Instant now;

    /** Makes a clock that stands at this instant. */
    public SettableClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets the clock stand at this instant, be it earlier. */
    public synchronized void set(Instant instant) {
        now = instant;
    }

    /** Moves the clock, back if the duration is negative, and returns where it stands now. */
    public synchronized Instant move(Duration by) {
        now = now.plus(by);
        return now;
    }
}

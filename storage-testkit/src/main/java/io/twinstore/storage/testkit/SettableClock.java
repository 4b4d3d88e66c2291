package io.twinstore.storage.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told otherwise, so that instants tie; it may jump back. */
public final class SettableClock implements InstantSource {

    private final AtomicReference<Instant> now;

    /** Makes a clock that stands at this instant. */
    public SettableClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Lets the clock stand at this instant, be it earlier. */
    public void set(Instant instant) {
        now.set(instant);
    }

    /** Moves the clock, back if the duration is negative, and returns where it stands now. */
    public Instant move(Duration by) {
        return now.updateAndGet(instant -> instant.plus(by));
    }
}

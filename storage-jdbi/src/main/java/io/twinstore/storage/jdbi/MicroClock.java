package io.twinstore.storage.jdbi;

import io.twinstore.storage.InvalidValueException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The injected clock at the precision both databases keep: microseconds, years 0001 to 9999. */
final class MicroClock {

    /** The earliest time that is stored. */
    static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final InstantSource source;

    MicroClock(InstantSource source) {
        this.source = source;
    }

    Instant now() {
        Instant now = source.instant().truncatedTo(ChronoUnit.MICROS);
        if (now.isBefore(MIN) || now.isAfter(MAX)) {
            throw new InvalidValueException(
                    "clock", "between the years 1 and 9999", now.toString());
        }
        return now;
    }

    /**
     * Returns the time now, or the earlier time where the clock has gone back since, so that times
     * never go back.
     */
    Instant nowAfter(@Nullable Instant earlier) {
        Instant now = now();
        return earlier != null && now.isBefore(earlier) ? earlier : now;
    }

    /**
     * Rounds a bound of a filter up to a microsecond: what lies at or after, and what lies before,
     * the given instant stays so, since stored times are whole microseconds. Bounds beyond what is
     * stored are taken to its ends.
     */
    static Instant bound(Instant instant) {
        if (instant.isBefore(MIN)) {
            return MIN;
        }
        if (instant.isAfter(MAX)) {
            return MAX;
        }
        Instant whole = instant.truncatedTo(ChronoUnit.MICROS);
        return whole.equals(instant) ? whole : whole.plus(1, ChronoUnit.MICROS);
    }
}

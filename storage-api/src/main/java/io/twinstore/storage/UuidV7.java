package io.twinstore.storage;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDs of version 7 (RFC 9562, section 5.7, with the fixed-length counter of section 6.2,
 * method 1): 48 bits of milliseconds, 12 bits of counter, 62 random bits.
 *
 * <p>What one generator returns ascends strictly, by code point of its text, across threads. The
 * clock and the counter are one number that only grows: when the clock stands still or goes back it
 * counts on from the last id, and when a millisecond has used up its counter it borrows from the
 * next. So a clock that was once far ahead leaves its mark until the process ends; uniqueness and
 * order are kept, the time inside the id is then late.
 */
final class UuidV7 implements IdGenerator {

    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int COUNTER_BITS = 12;

    /**
     * A fresh millisecond starts in the lower half of the counter, which leaves 2,048 ids before it
     * borrows.
     */
    private static final int START_BOUND = 1 << (COUNTER_BITS - 1);

    private final SecureRandom random = new SecureRandom();
    private final AtomicLong last = new AtomicLong();
    private final InstantSource clock;

    UuidV7(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String next() {
        long fresh = millis(clock.instant()) << COUNTER_BITS | random.nextInt(START_BOUND);
        long tick = last.updateAndGet(seen -> isLater(fresh, seen) ? fresh : seen + 1);
        long counter = tick & ((1 << COUNTER_BITS) - 1);
        long high = tick >>> COUNTER_BITS << 16 | 0x7000 | counter;
        long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static boolean isLater(long fresh, long seen) {
        return fresh >>> COUNTER_BITS > seen >>> COUNTER_BITS;
    }

    /**
     * The years 1970 to 9999: earlier has no room in 48 bits, and later would leave none to borrow
     * from.
     */
    private static long millis(Instant instant) {
        if (instant.getEpochSecond() < 0) {
            return 0;
        }
        return instant.getEpochSecond() > LATEST ? LATEST * 1000 : instant.toEpochMilli();
    }
}

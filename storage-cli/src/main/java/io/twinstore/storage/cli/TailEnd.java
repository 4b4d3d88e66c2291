package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidValueException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When following a session ends by itself.
 *
 * @param messages after how many messages
 * @param idle after how long without an event
 */
record TailEnd(long messages, Duration idle) {

    private static final Duration NEVER = Duration.ofDays(36_500);
    private static final double LONGEST = 1e6;

    /**
     * Returns the end that the options ask for; null is never.
     *
     * @throws InvalidValueException when one is out of bounds
     */
    static TailEnd of(@Nullable Long count, @Nullable Double idleSeconds) {
        if (count != null && count < 1) {
            throw new InvalidValueException("--count", "1 or more", count.toString());
        }
        // Also refuses what is no number.
        if (idleSeconds != null && !(idleSeconds > 0 && idleSeconds <= LONGEST)) {
            throw new InvalidValueException(
                    "--idle", "more than 0, at most 1000000", idleSeconds.toString());
        }
        return new TailEnd(
                count == null ? Long.MAX_VALUE : count,
                idleSeconds == null ? NEVER : Duration.ofNanos((long) (idleSeconds * 1e9)));
    }
}

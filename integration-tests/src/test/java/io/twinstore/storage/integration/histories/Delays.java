package io.twinstore.storage.integration.histories;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** How late messages came, from the beginning of their append. For one thread. */
final class Delays {

    private long[] micros = new long[1 << 10];
    private int count;

    void add(Instant appended) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, 2 * count);
        }
        micros[count++] = Duration.between(appended, Instant.now()).toNanos() / 1000;
    }

    private double millis(double part) {
        return count == 0 ? 0 : micros[(int) (part * (count - 1))] / 1e3;
    }

    @Override
    public String toString() {
        Arrays.sort(micros, 0, count);
        return "from append to tail, %d messages: p50 %.1f ms, p99 %.1f ms, longest %.1f ms"
                .formatted(count, millis(0.5), millis(0.99), millis(1));
    }
}

package io.twinstore.storage.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Says what was measured. */
final class Figures {

    /** A message of 598 bytes. */
    static final String BODY = "{\"role\":\"user\",\"content\":\"" + "x".repeat(570) + "\"}";

    private Figures() {}

    static double median(double[] values) {
        return quantile(values, 0.5);
    }

    static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }

    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}

package io.twinstore.storage.migrate.report;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them, the same in every locale. */
public final class Figures {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Figures() {}

    /** Returns {@code 1,234,567}. */
    public static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns {@code 812 B}, {@code 4.1 kB}, {@code 126 MB}; a kB has a thousand bytes. */
    public static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /** Returns the same for a mean or a rate. */
    public static String bytes(double bytes) {
        if (bytes < 1000) {
            return String.format(Locale.ROOT, "%.0f B", bytes);
        }
        double rest = bytes;
        int unit = -1;
        // What would be rounded to a thousand is one of the next unit.
        while (rest >= 999.5 && unit < UNITS.length - 1) {
            rest /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, rest < 9.95 ? "%.1f %s" : "%.0f %s", rest, UNITS[unit]);
    }

    /** Returns {@code 0:07}, {@code 12:30}, {@code 3:05:00}. */
    public static String clock(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** Returns {@code 1 row}, {@code 2,000 rows}. */
    public static String counted(long count, String noun) {
        return whole(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** Returns {@code 3.2 ms}, {@code 0.4 s}, {@code 12 s}, {@code 3 min}, {@code 2 h 10 min}. */
    public static String about(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        if (seconds < 0.0995) {
            return String.format(
                    Locale.ROOT, seconds < 0.00995 ? "%.1f ms" : "%.0f ms", seconds * 1e3);
        }
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        long minutes = Math.round(seconds / 60);
        return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}

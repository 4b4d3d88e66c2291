package io.twinstore.storage.migrate;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways in which applications write an instant as text. One without a zone is UTC. */
enum TimeForm {
    /** {@code 2026-11-20T09:30:12.345678Z}, always with six digits: Twinstore's own. */
    MICROS_Z("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", false),
    /** {@code 2026-11-20T09:30:12Z}. */
    SECONDS_Z("uuuu-MM-dd'T'HH:mm:ss'Z'", false),
    /** {@code 2026-11-20T09:30:12.345Z}: JavaScript's. */
    MILLIS_Z("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", false),
    /** {@code 2026-11-20 09:30:12}: SQLite's CURRENT_TIMESTAMP. */
    SECONDS("uuuu-MM-dd HH:mm:ss", false),
    /** {@code 2026-11-20 09:30:12.345678+00:00}, without fraction where it is zero: Python's. */
    PYTHON_OFFSET("uuuu-MM-dd HH:mm:ss|+00:00", true),
    /** {@code 2026-11-20T09:30:12.345678+00:00}, without fraction where it is zero. */
    ISO_OFFSET("uuuu-MM-dd'T'HH:mm:ss|+00:00", true),
    /** {@code 2026-11-20T09:30:12.345678}, without fraction where it is zero. */
    ISO_NAIVE("uuuu-MM-dd'T'HH:mm:ss|", true),
    /** {@code 2026-11-20 09:30:12.345678}, without fraction where it is zero. */
    PYTHON_NAIVE("uuuu-MM-dd HH:mm:ss|", true);

    private final DateTimeFormatter whole;
    private final DateTimeFormatter fine;
    private final boolean optionalFraction;
    private final int unit;

    TimeForm(String pattern, boolean optionalFraction) {
        this.optionalFraction = optionalFraction;
        int split = pattern.indexOf('|');
        String complete =
                split < 0
                        ? pattern
                        : pattern.substring(0, split) + quoted(pattern.substring(split + 1));
        whole = formatter(complete);
        fine = formatter(complete.replaceFirst("ss(\\.S+)?", "ss.SSSSSS"));
        unit =
                pattern.contains("SSSSSS")
                        ? 1_000
                        : pattern.contains("SSS") ? 1_000_000 : 1_000_000_000;
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "" : "'" + text + "'";
    }

    private static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** Returns the instant, or null when the text is not exactly of this form. */
    @Nullable Instant parse(String text) {
        try {
            DateTimeFormatter formatter = optionalFraction && text.indexOf('.') >= 0 ? fine : whole;
            Instant instant = LocalDateTime.parse(text, formatter).toInstant(ZoneOffset.UTC);
            return text.equals(print(instant)) ? instant : null;
        } catch (DateTimeException otherForm) {
            return null;
        }
    }

    /**
     * Returns the text of an instant of microseconds. One that was changed in the target may be
     * finer than the form, and shows that.
     */
    String print(Instant instant) {
        boolean even = instant.get(ChronoField.NANO_OF_SECOND) % unit == 0;
        return (even ? whole : fine).format(instant.atOffset(ZoneOffset.UTC));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> names() {
        return Arrays.stream(values()).map(TimeForm::label).toList();
    }
}

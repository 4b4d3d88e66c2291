package io.twinstore.storage.sqlite.legacy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The times of the earlier programs: {@code 2026-02-05 12:34:56.123456+00:00}, without a fraction
 * when it is zero, with {@code T}, with {@code Z}, without zone, which is UTC, and as whole seconds
 * or milliseconds since 1970.
 */
final class LegacyTime {

    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{4})-(\\d{2})-(\\d{2})(?:[ T](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?"
                            + " ?(Z|z|[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?)?)?");

    /** Seconds of the year 5138; milliseconds of 1973. */
    private static final long SECONDS_BELOW = 100_000_000_000L;

    private static final long MILLIS_BELOW = 100_000_000_000_000L;

    private static final DateTimeFormatter OURS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

    private LegacyTime() {}

    /** Reads a cell; empty where it says no time of the years 1 to 9999. */
    static Optional<Instant> read(Cell cell) {
        return switch (cell.type()) {
            case TEXT -> cell.text().flatMap(LegacyTime::parse);
            case INTEGER -> number(cell.number());
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> number(long value) {
        if (value <= 0 || value >= MILLIS_BELOW) {
            return Optional.empty();
        }
        return Optional.of(
                value < SECONDS_BELOW ? Instant.ofEpochSecond(value) : Instant.ofEpochMilli(value));
    }

    private static Optional<Instant> parse(String text) {
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local =
                    LocalDateTime.of(
                            number(found, 1),
                            number(found, 2),
                            number(found, 3),
                            number(found, 4),
                            number(found, 5),
                            number(found, 6),
                            nanos(found.group(7)));
            Instant instant =
                    local.toInstant(offset(found.group(8))).truncatedTo(ChronoUnit.MICROS);
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            return year < 1 || year > 9999 ? Optional.empty() : Optional.of(instant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher found, int group) {
        String digits = found.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }

    private static ZoneOffset offset(@Nullable String zone) {
        return zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone.equals("z") ? "Z" : zone);
    }

    /** Returns the time as this library keeps it in SQLite. */
    static String kept(Instant instant) {
        return OURS.format(instant);
    }

    /** Returns a kept time as the earlier programs write it, with this between day and hour. */
    static String written(String kept, char separator) {
        Instant instant = Instant.parse(kept);
        boolean whole = instant.equals(instant.truncatedTo(ChronoUnit.SECONDS));
        DateTimeFormatter clock = whole ? SECONDS : MICROS;
        return DAY.format(instant) + separator + clock.format(instant) + "+00:00";
    }
}

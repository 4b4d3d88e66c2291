package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidValueException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as it is typed: {@code 30d}, {@code 12h}, {@code 45m} or {@code 10s}. */
final class Age {

    private static final Pattern AGE = Pattern.compile("(\\d{1,9})([dhms])");

    private Age() {}

    /**
     * @param option the option that it is the value of
     * @throws InvalidValueException when the text is none
     */
    static Duration of(String option, String text) {
        Matcher matcher = AGE.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException(
                    option, "a number of days, hours, minutes or seconds as 30d", text);
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofSeconds(count);
        };
    }
}

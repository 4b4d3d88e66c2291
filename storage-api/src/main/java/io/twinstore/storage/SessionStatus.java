package io.twinstore.storage;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where a session stands. The library attaches no rule to it: a completed session still takes
 * appends.
 */
public enum SessionStatus {
    ACTIVE,
    COMPLETED,
    FAILED,
    CANCELLED;

    /**
     * Returns the stored form: {@code active}, {@code completed}, {@code failed} or {@code
     * cancelled}.
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the status with this stored form, in exactly this case.
     *
     * @throws InvalidValueException when there is none
     */
    public static SessionStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvalidValueException(
                                        "session.status", "one of " + allowed(), text));
    }

    private static String allowed() {
        return Arrays.stream(values()).map(SessionStatus::text).collect(Collectors.joining(", "));
    }
}

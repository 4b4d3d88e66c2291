package io.twinstore.storage;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person may do in a session. A message's role is another thing, and open text. */
public enum ParticipantRole {
    /** Manages the session and its participants; may do everything an editor may. */
    OWNER,
    /** Appends; may do everything a viewer may. */
    EDITOR,
    /** Reads. */
    VIEWER;

    /** Returns the stored form: {@code owner}, {@code editor} or {@code viewer}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the role with this stored form, in exactly this case.
     *
     * @throws InvalidValueException when there is none
     */
    public static ParticipantRole of(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvalidValueException(
                                        "participant.role", "one of " + allowed(), text));
    }

    private static String allowed() {
        return Arrays.stream(values()).map(ParticipantRole::text).collect(Collectors.joining(", "));
    }
}

package io.twinstore.storage;

import io.twinstore.storage.spi.TextRules;

/**
 * Names a person, as the host's identity provider calls the subject: opaque text of 1 to 255
 * characters, compared by code point.
 *
 * <p>Any text without NUL and unpaired surrogates will do; nothing is trimmed, folded or rewritten.
 *
 * @param value the text of the id
 */
public record UserId(String value) implements Comparable<UserId> {

    /**
     * @throws InvalidValueException when the text is empty, too long or not storable
     */
    public UserId {
        TextRules.require("user.id", value, 1, 255);
    }

    /** Returns the id with this text. */
    public static UserId of(String value) {
        return new UserId(value);
    }

    /** Orders by code point, as both databases do. */
    @Override
    public int compareTo(UserId other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

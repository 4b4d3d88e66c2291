package io.twinstore.storage;

import io.twinstore.storage.spi.TextRules;

/**
 * Names a session: opaque text of 1 to 255 characters, compared by code point.
 *
 * <p>Any text without NUL and unpaired surrogates will do; nothing is trimmed, folded or rewritten.
 *
 * @param value the text of the id
 */
public record SessionId(String value) implements Comparable<SessionId> {

    /**
     * @throws InvalidValueException when the text is empty, too long or not storable
     */
    public SessionId {
        TextRules.require("session.id", value, 1, 255);
    }

    /** Returns the id with this text. */
    public static SessionId of(String value) {
        return new SessionId(value);
    }

    /** Orders by code point, as both databases do. */
    @Override
    public int compareTo(SessionId other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package io.twinstore.storage;

import io.twinstore.storage.spi.TextRules;

/**
 * Names an application of the host: opaque text of 1 to 255 characters, compared by code point.
 *
 * <p>Any text without NUL and unpaired surrogates will do; nothing is trimmed, folded or rewritten.
 *
 * @param value the text of the id
 */
public record AppId(String value) implements Comparable<AppId> {

    /**
     * @throws InvalidValueException when the text is empty, too long or not storable
     */
    public AppId {
        TextRules.require("app.id", value, 1, 255);
    }

    /** Returns the id with this text. */
    public static AppId of(String value) {
        return new AppId(value);
    }

    /** Orders by code point, as both databases do. */
    @Override
    public int compareTo(AppId other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

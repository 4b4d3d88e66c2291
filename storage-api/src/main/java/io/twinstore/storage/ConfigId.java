package io.twinstore.storage;

import io.twinstore.storage.spi.TextRules;

/**
 * Names a config: opaque text of 1 to 255 characters, compared by code point.
 *
 * <p>Any text without NUL and unpaired surrogates will do; nothing is trimmed, folded or rewritten.
 *
 * @param value the text of the id
 */
public record ConfigId(String value) implements Comparable<ConfigId> {

    /**
     * @throws InvalidValueException when the text is empty, too long or not storable
     */
    public ConfigId {
        TextRules.require("config.id", value, 1, 255);
    }

    /** Returns the id with this text. */
    public static ConfigId of(String value) {
        return new ConfigId(value);
    }

    /** Orders by code point, as both databases do. */
    @Override
    public int compareTo(ConfigId other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

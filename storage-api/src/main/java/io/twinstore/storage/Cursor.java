package io.twinstore.storage;

import io.twinstore.storage.spi.TextRules;

/**
 * Marks where a page ended, so that the next can start there.
 *
 * <p>The token is opaque, safe in a URL, and good for the same query on either database; with
 * another query it is refused.
 *
 * @param token the text to hand back, 1 to 4,096 characters
 */
public record Cursor(String token) {

    /**
     * @throws InvalidValueException when the token is empty or too long
     */
    public Cursor {
        TextRules.require("cursor", token, 1, 4096);
    }

    /** Returns the cursor with this token, as it was handed out. */
    public static Cursor of(String token) {
        return new Cursor(token);
    }

    @Override
    public String toString() {
        return token;
    }
}

package io.twinstore.storage.spi;

import io.twinstore.storage.InvalidValueException;

/**
 * Checks for plain text fields. NUL is refused because PostgreSQL's text cannot hold it, unpaired
 * surrogates because drivers replace them silently. Lengths are in Unicode code points, as
 * PostgreSQL counts characters.
 */
public final class TextRules {

    /** How long an id may be, in code points. */
    public static final int MAX_ID_LENGTH = 255;

    private TextRules() {}

    /**
     * Returns the value if it may be stored as an id: 1 to {@value #MAX_ID_LENGTH} code points of
     * plain text.
     *
     * @throws InvalidValueException if it may not
     */
    public static String requireId(String field, String value) {
        return require(field, value, 1, MAX_ID_LENGTH);
    }

    /**
     * Returns the value if it is plain text of a length between both bounds, each included.
     *
     * @throws InvalidValueException if it is shorter or longer, or holds NUL or an unpaired
     *     surrogate
     */
    public static String require(String field, String value, int minCodePoints, int maxCodePoints) {
        int length = value.codePointCount(0, value.length());
        if (length < minCodePoints || length > maxCodePoints) {
            throw new InvalidValueException(
                    field, minCodePoints + " to " + maxCodePoints + " characters", value);
        }
        int nul = value.indexOf('\0');
        if (nul >= 0) {
            throw new InvalidValueException(
                    field, "text without NUL; there is one at offset " + nul, value);
        }
        int unpaired = unpairedSurrogateIn(value);
        if (unpaired >= 0) {
            throw new InvalidValueException(
                    field,
                    "text without unpaired surrogates; there is one at offset " + unpaired,
                    value);
        }
        return value;
    }

    /** The length in bytes of UTF-8 of a text without unpaired surrogates. */
    public static int utf8Length(CharSequence text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    /** The index of the first surrogate without its other half, or -1 if the text has none. */
    public static int unpairedSurrogateIn(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 == length || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}

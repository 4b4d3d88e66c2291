package io.twinstore.storage.spi;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;

/** Says what is wrong with a text and where, and repeats at most forty characters of it. */
final class JsonFaults {

    private static final String FIELD = "json";
    private static final int SHOWN_EACH_SIDE = 20;

    private JsonFaults() {}

    static InvalidValueException tooLong() {
        return new InvalidValueException(
                FIELD, "at most " + Json.MAX_BYTES + " bytes of UTF-8", null);
    }

    static InvalidValueException tooDeep(String text, int offset) {
        return new InvalidValueException(
                FIELD,
                "nested at most "
                        + Json.MAX_DEPTH
                        + " deep; it is deeper at "
                        + place(text, offset),
                null);
    }

    static InvalidValueException unpaired(String text, int offset) {
        return new InvalidValueException(
                FIELD,
                "text without unpaired surrogates; there is one at " + place(text, offset),
                null);
    }

    static InvalidValueException syntax(String text, int offset) {
        int from = Math.max(0, offset - SHOWN_EACH_SIDE);
        int to = Math.min(text.length(), offset + SHOWN_EACH_SIDE);
        return new InvalidValueException(
                FIELD,
                "JSON as RFC 8259 defines it; "
                        + reason(text, offset)
                        + " at "
                        + place(text, offset),
                text.isEmpty() ? null : text.substring(from, to));
    }

    private static String reason(String text, int offset) {
        if (text.isBlank()) {
            return "there is no value";
        }
        if (text.charAt(0) == '\uFEFF') {
            return "a byte order mark is not part of it";
        }
        if (text.startsWith("NaN", offset) || text.startsWith("Infinity", offset)) {
            return "NaN and Infinity are not part of it";
        }
        return offset == text.length() ? "the text ends too early" : "unexpected text";
    }

    private static String place(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return "line " + line + ", column " + (offset - lineStart + 1) + " (offset " + offset + ")";
    }
}

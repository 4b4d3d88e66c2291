package io.twinstore.storage.spi;

/**
 * Strings between quotes: written as PostgreSQL prints {@code jsonb}, checked and read as RFC 8259
 * says.
 */
public final class JsonQuoting {

    private static final String ESCAPES = "\"\\/bfnrtu";
    private static final String MEANINGS = "\"\\/\b\f\n\r\t";
    private static final String HEX = "0123456789abcdef";
    private static final int LONGEST_POINTER_SHOWN = 200;

    private JsonQuoting() {}

    /**
     * Appends a string in quotes. Escaped are the quote, the backslash, control characters below
     * U+0020, and unpaired surrogates, which no text in UTF-8 can hold otherwise.
     */
    public static void append(StringBuilder out, String value) {
        out.append('"');
        int length = value.length();
        int written = 0;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                out.append(value, written, i);
                escape(out, c);
                written = i + 1;
            }
        }
        out.append(value, written, length).append('"');
    }

    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt((c >> shift) & 0xF));
                }
            }
        }
    }

    /**
     * Checks the escape whose backslash stands before an offset, and returns the offset behind it.
     */
    static int escapeEnd(String text, int afterBackslash) {
        if (afterBackslash == text.length() || ESCAPES.indexOf(text.charAt(afterBackslash)) < 0) {
            throw JsonFaults.syntax(text, afterBackslash);
        }
        if (text.charAt(afterBackslash) != 'u') {
            return afterBackslash + 1;
        }
        int end = afterBackslash + 5;
        for (int i = afterBackslash + 1; i < end; i++) {
            if (i >= text.length() || hexDigit(text.charAt(i)) < 0) {
                throw JsonFaults.syntax(text, i);
            }
        }
        return end;
    }

    /** What a part of a valid document means that stands between quotes. */
    static String unescape(String text, int start, int end) {
        StringBuilder out = new StringBuilder(end - start);
        int copied = start;
        for (int i = text.indexOf('\\', start); i >= 0 && i < end; i = text.indexOf('\\', copied)) {
            out.append(text, copied, i);
            char escape = text.charAt(i + 1);
            if (escape == 'u') {
                out.append((char) Integer.parseInt(text, i + 2, i + 6, 16));
                copied = i + 6;
            } else {
                out.append(MEANINGS.charAt(ESCAPES.indexOf(escape)));
                copied = i + 2;
            }
        }
        return out.append(text, copied, end).toString();
    }

    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1; // digits of other scripts are none here
    }

    /** A member name or index as a segment of a JSON pointer (RFC 6901). */
    public static String pointerSegment(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /**
     * A pointer as messages show it: as a JSON string, so that it is printable, of at most 200
     * characters.
     */
    public static String shown(String pointer) {
        boolean whole = pointer.length() <= LONGEST_POINTER_SHOWN;
        StringBuilder shown = new StringBuilder();
        append(shown, whole ? pointer : pointer.substring(0, LONGEST_POINTER_SHOWN) + "…");
        return shown.toString();
    }
}

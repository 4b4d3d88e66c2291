package io.twinstore.storage;

/**
 * Values as messages show them: quoted, on one line, shortened, and not at all where they may hold
 * a password.
 */
final class Shown {

    private static final int MAX_LENGTH = 60;

    private Shown() {}

    /** Returns the end of a sentence: what the value was, or why it is not shown. */
    static String was(String value) {
        return mayHoldSecret(value)
                ? "; its value is not shown, since it may hold a password."
                : "; it was " + quoted(value) + ".";
    }

    /**
     * Returns whether the value has the look of a URL or of the tail of one, wherever it was put by
     * mistake. What Kubernetes puts into {@code POSTGRES_PORT} for a service named postgres, {@code
     * tcp://10.0.0.1:5432}, is shown.
     */
    static boolean mayHoldSecret(String value) {
        return value.indexOf('@') >= 0 || (value.contains("://") && !value.startsWith("tcp://"));
    }

    static String quoted(String value) {
        StringBuilder out = new StringBuilder("'");
        value.codePoints().limit(MAX_LENGTH).forEach(c -> append(out, c));
        return out.append(value.codePointCount(0, value.length()) > MAX_LENGTH ? "…'" : "'")
                .toString();
    }

    private static void append(StringBuilder out, int codePoint) {
        int type = Character.getType(codePoint);
        if (Character.isISOControl(codePoint)
                || type == Character.SURROGATE
                || type == Character.FORMAT) {
            out.append(String.format("\\u%04x", codePoint));
        } else {
            out.appendCodePoint(codePoint);
        }
    }
}

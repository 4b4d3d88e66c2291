package io.twinstore.storage.cli;

/**
 * Makes text from a database or a file harmless to a terminal: what would move the cursor, change
 * colours or turn the reading direction is shown as the escape that stands for it.
 */
final class Printable {

    private Printable() {}

    /** Returns the text as one line in which every control character can be seen. */
    static String line(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(shown, c));
        return shown.toString();
    }

    /** Returns the beginning of the text as such a line, of at most this many code points. */
    static String clipped(String text, int width) {
        // A character takes six columns at most, so this much is surely enough to look at.
        String start = text.length() > width * 2 ? text.substring(0, width * 2) : text;
        String shown = line(start);
        if (start.length() == text.length() && shown.codePointCount(0, shown.length()) <= width) {
            return shown;
        }
        int points = Math.min(width - 1, shown.codePointCount(0, shown.length()));
        return shown.substring(0, shown.offsetByCodePoints(0, points)) + "…";
    }

    /** Returns the text clipped or filled with spaces to this many code points. */
    static String column(String text, int width) {
        String shown = clipped(text, width);
        return shown + " ".repeat(Math.max(0, width - shown.codePointCount(0, shown.length())));
    }

    /**
     * Returns JSON text that means the same, with the control characters that JSON allows in
     * strings as they are written as escapes.
     */
    static String json(String json) {
        if (json.chars().noneMatch(c -> c >= 0x7f && !isPlain(c))) {
            return json;
        }
        StringBuilder shown = new StringBuilder(json.length() + 32);
        json.codePoints()
                .forEach(
                        c -> {
                            if (c < 0x7f || isPlain(c)) {
                                shown.appendCodePoint(c);
                            } else {
                                escape(shown, c);
                            }
                        });
        return shown.toString();
    }

    private static void append(StringBuilder out, int codePoint) {
        if (codePoint == '\t') {
            out.append("    ");
        } else if (isPlain(codePoint)) {
            out.appendCodePoint(codePoint);
        } else {
            escape(out, codePoint);
        }
    }

    private static void escape(StringBuilder out, int codePoint) {
        out.append(String.format("\\u%04x", codePoint));
    }

    private static boolean isPlain(int codePoint) {
        return !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.LINE_SEPARATOR
                && Character.getType(codePoint) != Character.PARAGRAPH_SEPARATOR
                && !(codePoint <= 0xffff && Character.isSurrogate((char) codePoint))
                && !turnsDirection(codePoint);
    }

    private static boolean turnsDirection(int codePoint) {
        return (codePoint >= 0x202a && codePoint <= 0x202e)
                || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    /** Quotes for the shell what is not plain. */
    static String quoted(String value) {
        return value.matches("[\\w.:@/-]+") ? value : "'" + line(value).replace("'", "'\\''") + "'";
    }
}

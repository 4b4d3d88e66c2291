package io.twinstore.storage.migrate.report;

/** Well-formed HTML that is written piece by piece; whatever is text is escaped. */
final class Html {

    private final StringBuilder out = new StringBuilder();

    /** Adds markup as it is. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Adds text. */
    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** Adds an element with text in it. */
    Html element(String tag, String text) {
        return raw("<" + tag + ">").text(text).raw("</" + bare(tag) + ">");
    }

    private static String bare(String tag) {
        int blank = tag.indexOf(' ');
        return blank < 0 ? tag : tag.substring(0, blank);
    }

    /**
     * Returns text for an element or an attribute. What a browser would not show, or what would
     * turn the reading direction, is shown as the escape that stands for it.
     */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(safe, c));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int c) {
        switch (c) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            default -> {
                if (isHidden(c)) {
                    safe.append(String.format("\\u%04x", c));
                } else {
                    safe.appendCodePoint(c);
                }
            }
        }
    }

    private static boolean isHidden(int c) {
        return Character.isISOControl(c)
                || (c <= 0xffff && Character.isSurrogate((char) c))
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                || Character.getType(c) == Character.UNASSIGNED
                || (Character.getType(c) == Character.FORMAT && c != 0x200c && c != 0x200d);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

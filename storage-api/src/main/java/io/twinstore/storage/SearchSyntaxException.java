package io.twinstore.storage;

/**
 * The text of a search is no query; raised before anything is read. {@code docs/search.md} has the
 * grammar.
 */
public final class SearchSyntaxException extends InvalidValueException {

    private static final long serialVersionUID = 1L;
    private static final String FIELD = "search.text";
    private static final int SHOWN_AROUND = 30;

    private final int position;
    private final int length;

    /**
     * @param fault what is wrong, such as {@code OR needs a word after it}
     * @param query the whole text
     * @param position where in the text, from 0, in UTF-16 code units; its length for the end
     */
    public SearchSyntaxException(String fault, String query, int position) {
        super(
                ErrorCode.INVALID_VALUE,
                FIELD,
                fault,
                FIELD
                        + " is no query: "
                        + fault
                        + "; at offset "
                        + position
                        + " of "
                        + query.length()
                        + ", where [^] stands: "
                        + excerpt(query, position));
        this.position = position;
        this.length = query.length();
    }

    /** Returns where the fault is: an index into the text, from 0, in UTF-16 code units. */
    public int position() {
        return position;
    }

    /** Returns the length of the text, in UTF-16 code units. */
    public int length() {
        return length;
    }

    /** Returns what is wrong, in words. */
    public String fault() {
        return bound();
    }

    private static String excerpt(String query, int position) {
        int start = Math.max(0, position - SHOWN_AROUND);
        int end = Math.min(query.length(), position + SHOWN_AROUND);
        StringBuilder shown = new StringBuilder(start > 0 ? "'…" : "'");
        appendPrintable(shown, query.substring(start, position));
        shown.append("[^]");
        appendPrintable(shown, query.substring(position, end));
        return shown.append(end < query.length() ? "…'" : "'").toString();
    }

    private static void appendPrintable(StringBuilder out, String part) {
        part.codePoints().forEach(c -> appendPrintable(out, c));
    }
}

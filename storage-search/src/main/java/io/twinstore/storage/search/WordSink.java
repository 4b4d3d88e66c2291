package io.twinstore.storage.search;

/**
 * Is told the words of a text, in their order, with the offsets in the text of their first UTF-16
 * code unit and behind their last.
 */
interface WordSink {

    /** A word. */
    void word(Term term, int start, int end);

    /** Two neighbouring characters of text without spaces; the second starts at {@code middle}. */
    default void pair(Term term, int start, int middle, int end) {
        word(term, start, end);
    }

    /**
     * The last character of a piece of text without spaces.
     *
     * @param alone whether it is the only one
     */
    default void last(Term term, int start, int end, boolean alone) {
        word(term, start, end);
    }

    /** A word that is too long to be searched. */
    void gap();
}

package io.twinstore.storage.search;

/**
 * Finds the words of text that {@link Breaks#isSimple simple} characters make up, exactly as
 * Unicode's rules do ({@link UnicodeWords}), at a fraction of the cost. Not for use by several
 * threads.
 */
final class AsciiWords {

    private static final byte LETTER = 1;
    private static final byte DIGIT = 2;
    private static final byte[] KINDS = new byte[0x80];
    private static final char[] LOWER = new char[0x80];

    static {
        for (char c = 0; c < KINDS.length; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            KINDS[c] = letter ? LETTER : digit ? DIGIT : 0;
            LOWER[c] = c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
        }
    }

    private final char[] word = new char[SearchTerms.LONGEST_WORD];
    private final TermCache terms;
    private final Breaks breaks;

    private int length;
    private int hash;

    AsciiWords(TermCache terms, Breaks breaks) {
        this.terms = terms;
        this.breaks = breaks;
    }

    static boolean isLetterOrDigit(char c) {
        return kind(c) != 0;
    }

    /** Tells the words between two offsets. */
    void read(String text, int from, int to, WordSink sink) {
        int i = from;
        while (i < to) {
            if (kind(text.charAt(i)) == 0) {
                i++;
                continue;
            }
            int end = readWord(text, i, to);
            if (length > SearchTerms.LONGEST_WORD) {
                sink.gap();
            } else {
                sink.word(terms.of(word, length, hash), i, end);
            }
            i = end;
        }
    }

    /** Reads the word that starts here and returns the offset behind it. */
    private int readWord(String text, int start, int to) {
        length = 0;
        hash = 0;
        int i = start;
        while (i < to) {
            char c = text.charAt(i);
            if (kind(c) != 0) {
                add(LOWER[c]);
            } else if (i + 1 < to && joins(c, text.charAt(i - 1), text.charAt(i + 1))) {
                add('\'');
            } else {
                return i;
            }
            i++;
        }
        return to;
    }

    private boolean joins(char c, char before, char after) {
        return breaks.isApostrophe(c) && kind(before) != 0 && kind(before) == kind(after);
    }

    private void add(char c) {
        if (length < word.length) {
            word[length] = c;
            hash = 31 * hash + c;
        }
        length++;
    }

    private static byte kind(char c) {
        return c < KINDS.length ? KINDS[c] : 0;
    }
}

package io.twinstore.storage.search;

import io.twinstore.storage.SearchLanguage;

/**
 * Which characters part words before Unicode's rules are asked: all punctuation of ASCII, so that
 * the parts of a path, a number or an identifier are found, and what looks or works like it. Only
 * an apostrophe may stand within a word, and only in English.
 */
final class Breaks {

    private static final char CURLY_APOSTROPHE = '\u2019';

    private final boolean apostrophes;

    Breaks(SearchLanguage language) {
        this.apostrophes = language == SearchLanguage.ENGLISH;
    }

    /** A copy of a part of a text in which what parts words is a space; its length is the same. */
    char[] apply(String text, int from, int to) {
        char[] out = new char[to - from];
        text.getChars(from, to, out, 0);
        for (int i = 0; i < out.length; i++) {
            char c = out[i];
            if (isApostrophe(c)) {
                out[i] = '\'';
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < out.length
                    && Character.isLowSurrogate(out[i + 1])) {
                i++;
            } else if (parts(c) || Character.isSurrogate(c)) {
                out[i] = ' ';
            }
        }
        return out;
    }

    /** Whether it may stand between two letters, or two digits, of one word. */
    boolean isApostrophe(char c) {
        return apostrophes && (c == '\'' || c == CURLY_APOSTROPHE);
    }

    /**
     * Whether the fast path knows what to do with it: ASCII, and the punctuation that prose in
     * English is full of.
     */
    static boolean isSimple(char c) {
        return c < 0x80 || isProse(c);
    }

    private static boolean parts(char c) {
        if (c < 0x80) {
            return !AsciiWords.isLetterOrDigit(c);
        }
        return isProse(c)
                || c == '\u203f' // connectors
                || c == '\u2040'
                || c == '\u2054'
                || c == '\u2044' // fraction slash
                || (c >= '\uff01' && c <= '\uff0f') // full-width punctuation
                || (c >= '\uff1a' && c <= '\uff20')
                || (c >= '\uff3b' && c <= '\uff40')
                || (c >= '\uff5b' && c <= '\uff65');
    }

    /** Dashes, curly quotes, daggers, bullet, leaders and ellipsis. */
    private static boolean isProse(char c) {
        return c >= '\u2010' && c <= '\u2026';
    }
}

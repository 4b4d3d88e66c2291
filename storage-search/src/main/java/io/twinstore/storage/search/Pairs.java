package io.twinstore.storage.search;

/**
 * Makes terms of text without spaces between words: each character with the one behind it, the last
 * one alone. So any part of two characters or more is a phrase, and a single character is how a
 * term begins.
 */
final class Pairs {

    private final TermCache terms;
    private final WordSink sink;

    private String pending = "";
    private int pendingStart;
    private boolean alone = true;

    /** Where the run ends, as far as it was told; -1 where there is none. */
    private int runEnd = -1;

    private int shift;

    Pairs(TermCache terms, WordSink sink) {
        this.terms = terms;
        this.sink = sink;
    }

    /** Takes the next part, which goes on with the one before if it starts where that one ends. */
    void add(char[] chars, int start, int end, int from) {
        if (start != runEnd) {
            end();
        }
        shift = from;
        int at = start;
        while (at < end) {
            int next = characterEnd(chars, at, end);
            character(Folding.fold(new String(chars, at, next - at)), at, next);
            at = next;
        }
        runEnd = end;
    }

    private void character(String folded, int start, int end) {
        if (folded.isEmpty()) {
            return;
        }
        if (!pending.isEmpty()) {
            sink.pair(terms.of(pending + folded), shift + pendingStart, shift + start, shift + end);
            alone = false;
        }
        pending = folded;
        pendingStart = start;
    }

    /** The run is over. */
    void end() {
        if (!pending.isEmpty()) {
            sink.last(terms.of(pending), shift + pendingStart, shift + runEnd, alone);
        }
        pending = "";
        alone = true;
        runEnd = -1;
    }

    /** What belongs to the character before it goes with it: marks, vowels and finals of Hangul. */
    private static int characterEnd(char[] chars, int start, int end) {
        int at = start + Character.charCount(Character.codePointAt(chars, start, end));
        while (at < end) {
            int next = Character.codePointAt(chars, at, end);
            if (!belongs(next)) {
                return at;
            }
            at += Character.charCount(next);
        }
        return end;
    }

    private static boolean belongs(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.FORMAT
                || (c >= 0x1160 && c <= 0x11FF) // vowels and finals of Hangul
                || c == 0xFF9E // half-width voiced sound marks
                || c == 0xFF9F;
    }
}

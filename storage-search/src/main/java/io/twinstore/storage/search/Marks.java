package io.twinstore.storage.search;

import io.twinstore.storage.spi.ContainmentHashes;

/** How marks are written: a private-use character that begins no term, and what it says. */
final class Marks {

    /** Before a word as it stands, where its term differs: what a prefix looks for. */
    static final char RAW = '\uF001';

    private static final char SCALAR = '\uF00C';

    /** What a document may hold that its message has no marks for, since it has too many. */
    static final String ANYTHING = "\uF00D";

    private static final int DIGITS = 32;

    private Marks() {}

    /** Says that the message holds a scalar; see {@link ContainmentHashes}. */
    static String scalar(long hash) {
        return SCALAR + Long.toUnsignedString(hash, DIGITS);
    }

    /** The class of a number of occurrences: 1, 2, 4 or, for all from eight, 8. */
    static int frequencyClass(int occurrences) {
        return Math.min(8, Integer.highestOneBit(occurrences));
    }
}

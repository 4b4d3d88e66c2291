package io.twinstore.storage.search;

import java.util.Arrays;

/**
 * What is known of one message about the leaves of a query, whoever found it out: enough to decide
 * and to score.
 */
public final class Evidence {

    private final int tokens;
    private final int[] frequencies;

    private Evidence(int tokens, int[] frequencies) {
        this.tokens = tokens;
        this.frequencies = frequencies;
    }

    /**
     * What is known.
     *
     * @param tokens how many words the message has; see {@link IndexedMessage#tokens}
     * @param frequencies for each of {@link SearchQuery#leaves}, in that order, 0 where it is not
     *     in the message, otherwise the class of how often it is: for a {@link Expression.Word} 2,
     *     4 or 8 where the message has that mark of it; for all else 1
     */
    public static Evidence of(int tokens, int... frequencies) {
        return new Evidence(tokens, frequencies.clone());
    }

    /** How many words the message has. */
    public int tokens() {
        return tokens;
    }

    /** The class of how often a leaf is in the message, 0 where it is not. */
    public int frequency(int leaf) {
        return frequencies[leaf];
    }

    @Override
    public String toString() {
        return "Evidence[tokens=" + tokens + ", frequencies=" + Arrays.toString(frequencies) + "]";
    }
}

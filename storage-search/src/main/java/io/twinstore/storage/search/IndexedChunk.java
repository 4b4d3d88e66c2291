package io.twinstore.storage.search;

import java.util.List;
import java.util.Map;

/**
 * A part of a message as an index holds it.
 *
 * <p>Terms and marks consist of lower-case ASCII letters and digits, letters that every database
 * knows, and private-use characters from U+E000 to U+F8FF, and of nothing else: no space, control
 * character, punctuation, or surrogate, so neither needs escaping anywhere. Each has at most 1,533
 * bytes of UTF-8.
 *
 * @param terms the terms in the order of their positions, the first at position 1; {@link
 *     #BOUNDARY} where no word may join the ones beside it
 * @param marks more terms, without positions and each once, which no word can equal
 * @param frequencies of its terms those that the whole message has more than once, each with the
 *     class of how often: 2 stands for 2 or 3 times, 4 for 4 to 7, and 8 for more
 */
public record IndexedChunk(
        List<String> terms, List<String> marks, Map<String, Integer> frequencies) {

    /**
     * Stands between two string values, and in place of a word that is too long, so that no phrase
     * reaches across. No query looks for it: an index that can leave a position out need not hold
     * it. It is not counted towards the occurrences that a chunk allows of one term.
     */
    public static final String BOUNDARY = "\uF000";

    /** Takes copies. */
    public IndexedChunk {
        terms = List.copyOf(terms);
        marks = List.copyOf(marks);
        frequencies = Map.copyOf(frequencies);
    }
}

package io.twinstore.storage;

import java.util.List;

/**
 * A part of a message's text in which words of a query stand. Plain text, never markup: whoever
 * shows it escapes it as its place requires.
 *
 * @param text at most about 200 UTF-16 code units out of one string value of the message, with
 *     {@code …} where it was cut; control characters are spaces, unpaired surrogates U+FFFD
 * @param highlights what to emphasise, in the order of the text, not overlapping
 */
public record Snippet(String text, List<Highlight> highlights) {

    /** Takes a copy of the list. */
    public Snippet {
        highlights = List.copyOf(highlights);
    }

    /**
     * A part of a snippet's text.
     *
     * @param start the index of its first UTF-16 code unit
     * @param end the index behind its last
     */
    public record Highlight(int start, int end) {}
}

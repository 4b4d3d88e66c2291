package io.twinstore.storage.search;

import java.util.List;

/**
 * What of a message is searched.
 *
 * @param tokens how many words the message has, those that a score counts; words that are too long
 *     to be searched are not among them
 * @param chunks the message in parts that an index can hold, in order, each overlapping the one
 *     before by {@value SearchTerms#OVERLAP} positions; mostly one, without terms where the message
 *     has no words
 */
public record IndexedMessage(int tokens, List<IndexedChunk> chunks) {

    /** Takes a copy of the list. */
    public IndexedMessage {
        chunks = List.copyOf(chunks);
    }
}

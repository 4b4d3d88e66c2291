package io.twinstore.storage.jdbi;

import io.twinstore.storage.search.IndexedChunk;

/**
 * What the index holds of a message, or of a part of a long one.
 *
 * @param id where it stands; another place of the same slot where this is taken
 * @param sessionId the message's session
 * @param seq the message's sequence
 * @param chunk which part, from 0
 * @param chunks of how many
 * @param tokens how many words the message has
 * @param createdMicros when the message was appended, in microseconds since 1970
 * @param content its terms and marks
 * @param session the mark of its session
 */
public record SearchEntry(
        long id,
        String sessionId,
        long seq,
        int chunk,
        int chunks,
        int tokens,
        long createdMicros,
        IndexedChunk content,
        String session) {

    /** What entries of a message that has several are found by. */
    public static final String LONG = "\uF0F1";

    private static final char SESSION = '\uF0F0';

    /** Returns the mark of the entries of a session; another than of an earlier one of its id. */
    public static String sessionMark(long incarnation) {
        return SESSION + Long.toUnsignedString(incarnation, Character.MAX_RADIX);
    }

    /** Returns this entry at another place. */
    public SearchEntry at(long place) {
        return new SearchEntry(
                place, sessionId, seq, chunk, chunks, tokens, createdMicros, content, session);
    }
}

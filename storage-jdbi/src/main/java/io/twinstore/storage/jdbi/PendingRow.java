package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;

/**
 * A row of {@code search_pending} with what its head says.
 *
 * @param sessionId the session
 * @param indexedSeq up to where it is indexed
 * @param lastSeq the last sequence
 * @param baseSeq after which sequence the current transcript begins
 * @param incarnation tells sessions apart that had the same id one after the other
 */
public record PendingRow(
        SessionId sessionId, long indexedSeq, long lastSeq, long baseSeq, long incarnation) {

    /** Returns after which sequence there is something to index. */
    long after() {
        return Math.max(indexedSeq, baseSeq);
    }

    /** Returns how many messages are not indexed. */
    long missing() {
        return Math.max(0, lastSeq - after());
    }

    /** Returns whether entries of an earlier generation may be there still. */
    boolean hasOld() {
        return baseSeq > 0 && baseSeq >= indexedSeq;
    }

    /** Returns whether the other row is of the same session and as far. */
    boolean isAt(PendingRow other) {
        return incarnation == other.incarnation && indexedSeq == other.indexedSeq;
    }
}

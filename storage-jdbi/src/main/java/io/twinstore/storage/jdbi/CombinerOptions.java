package io.twinstore.storage.jdbi;

import java.time.Duration;

/**
 * How much a {@link Combiner} brings together, and how much may wait.
 *
 * @param batchRequests requests in one commit at most, from 1
 * @param batchMessages messages in one commit at most; a request with more of them goes alone
 * @param batchCharacters characters of messages in one commit at most; a request with more goes
 *     alone
 * @param queuedRequests requests that wait in one lane at most; callers beyond wait for room
 * @param queuedCharacters characters of messages that wait in one lane at most; a request with more
 *     waits for an empty queue
 * @param patience how long a caller waits before it gives up
 */
public record CombinerOptions(
        int batchRequests,
        int batchMessages,
        int batchCharacters,
        int queuedRequests,
        int queuedCharacters,
        Duration patience) {

    public CombinerOptions {
        if (batchRequests < 1
                || batchMessages < 1
                || batchCharacters < 1
                || queuedRequests < 1
                || queuedCharacters < queuedRequests) {
            throw new IllegalArgumentException(
                    "Every bound is at least 1, and a queue has a character for each request.");
        }
    }

    /**
     * Returns 256 requests, 2,000 messages and 4 million characters for a commit, and 4,096
     * requests and 64 million characters in a queue.
     *
     * @param patience how long a caller waits before it gives up
     */
    public static CombinerOptions standard(Duration patience) {
        return new CombinerOptions(256, 2_000, 4_000_000, 4_096, 64_000_000, patience);
    }

    /**
     * Returns how much of {@link #queuedCharacters} a request takes up: what it holds, and at least
     * its share of the queue, so that one number bounds both.
     */
    int room(AppendRequest request) {
        int share = queuedCharacters / queuedRequests;
        return (int) Math.min(queuedCharacters, Math.max(share, request.characters()));
    }
}

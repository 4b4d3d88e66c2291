package io.twinstore.storage.cli;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.StorageException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What a second process saw of a conversation while it was appended.
 *
 * @param messages how many messages, each once and in order
 * @param delay the median time from the return of an append to the message's arrival there
 */
record Followed(long messages, Duration delay) {

    /** When each message was acknowledged, by its sequence. */
    static final class Acknowledgements implements LongConsumer {

        private final LongConsumer next;
        private long[] nanos = new long[64];
        private int count;

        Acknowledgements(LongConsumer next) {
            this.next = next;
        }

        @Override
        public void accept(long sequence) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = System.nanoTime();
            next.accept(sequence);
        }
    }

    /**
     * Compares what was acknowledged with what was seen.
     *
     * @throws StorageException when the other process did not see each message once and in order
     */
    static Followed of(Acknowledgements acknowledged, List<Follower.Sighting> seen) {
        long[] delays = new long[acknowledged.count];
        for (int i = 0; i < Math.max(delays.length, seen.size()); i++) {
            if (i >= delays.length || i >= seen.size() || seen.get(i).sequence() != i + 1L) {
                throw new StorageException(
                        ErrorCode.INTERNAL,
                        "The process that follows the session did not see message "
                                + (i + 1)
                                + " where it should: "
                                + acknowledged.count
                                + " were appended, "
                                + seen.size()
                                + " seen.");
            }
            // It may see a message before the append's reply is here.
            delays[i] = Math.max(0, seen.get(i).nanos() - acknowledged.nanos[i]);
        }
        Arrays.sort(delays);
        return new Followed(delays.length, Duration.ofNanos(delays[delays.length / 2]));
    }
}

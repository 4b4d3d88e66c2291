package io.twinstore.storage;

/**
 * Which messages to read, and in which direction.
 *
 * @param first the lowest sequence, from 1
 * @param last the highest sequence; {@link Long#MAX_VALUE} for no end
 * @param backward whether the highest sequence comes first
 */
public record MessageRange(long first, long last, boolean backward) {

    /**
     * @throws InvalidValueException when the first sequence is below 1 or the last below 0
     */
    public MessageRange {
        if (first < 1) {
            throw new InvalidValueException("range.first", "1 or more", Long.toString(first));
        }
        if (last < 0) {
            throw new InvalidValueException("range.last", "0 or more", Long.toString(last));
        }
    }

    /** Every message ever appended, oldest first. */
    public static MessageRange all() {
        return new MessageRange(1, Long.MAX_VALUE, false);
    }

    /** Every message after this sequence, oldest first; 0 for all. */
    public static MessageRange after(long sequence) {
        if (sequence < 0) {
            throw new InvalidValueException("range.after", "0 or more", Long.toString(sequence));
        }
        // Nothing can follow the highest number there is; an empty range says so without
        // overflowing.
        return sequence == Long.MAX_VALUE
                ? new MessageRange(Long.MAX_VALUE, 0, false)
                : new MessageRange(sequence + 1, Long.MAX_VALUE, false);
    }

    /** The messages from one sequence to another, both included, oldest first. */
    public static MessageRange between(long first, long last) {
        return new MessageRange(first, last, false);
    }

    /** The same messages, newest first. */
    public MessageRange newestFirst() {
        return new MessageRange(first, last, true);
    }
}

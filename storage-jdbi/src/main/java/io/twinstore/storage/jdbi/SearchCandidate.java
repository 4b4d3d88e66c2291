package io.twinstore.storage.jdbi;

import org.jspecify.annotations.Nullable;

/**
 * An entry that an index found.
 *
 * @param id where it stands
 * @param sessionId the message's session
 * @param seq the message's sequence
 * @param tokens how many words the message has
 * @param createdMicros when the message was appended, in microseconds since 1970
 * @param classes for each leaf that was asked about, how often it is in the message as {@link
 *     io.twinstore.storage.search.Evidence} takes it; of a long message as far as this entry knows
 */
@SuppressWarnings("ArrayRecordComponent") // Ten thousand of them are made and never compared.
public record SearchCandidate(
        long id, String sessionId, long seq, int tokens, long createdMicros, int[] classes) {

    /** Returns the key of the message. */
    MessageKey message() {
        return new MessageKey(createdMicros, sessionId, seq);
    }

    /** A message, in the order of hits of one score: newest first, then by session and sequence. */
    record MessageKey(long createdMicros, String sessionId, long seq)
            implements Comparable<MessageKey> {

        static MessageKey of(MessageRow message) {
            return new MessageKey(
                    EntryIds.micros(message.createdAt()),
                    message.sessionId().value(),
                    message.seq());
        }

        @Override
        public int compareTo(MessageKey other) {
            int byTime = Long.compare(other.createdMicros, createdMicros);
            if (byTime != 0) {
                return byTime;
            }
            int bySession = byCodePoint(sessionId, other.sessionId);
            return bySession != 0 ? bySession : Long.compare(seq, other.seq);
        }

        /** Ids are compared as the databases do: by code point, not by UTF-16 code unit. */
        private static int byCodePoint(@Nullable String one, @Nullable String other) {
            String left = String.valueOf(one);
            String right = String.valueOf(other);
            int shared = Math.min(left.length(), right.length());
            for (int i = 0; i < shared; i++) {
                char a = left.charAt(i);
                char b = right.charAt(i);
                if (a != b) {
                    boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
                    return surrogates
                            ? (Character.isSurrogate(a) ? 1 : -1)
                            : Character.compare(a, b);
                }
            }
            return Integer.compare(left.length(), right.length());
        }
    }
}

package io.twinstore.storage.testkit.history;

import io.twinstore.storage.SessionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in a session in the end, by place and by message. */
final class FinalTranscript {

    private final SessionId session;
    private final List<Sighting> messages;
    private final Map<MessageIdentity, Long> firstSequence = new HashMap<>();

    FinalTranscript(SessionId session, List<Sighting> messages) {
        this.session = session;
        this.messages = messages;
        for (Sighting message : messages) {
            if (message.identity() != null) {
                firstSequence.putIfAbsent(message.identity(), message.sequence());
            }
        }
    }

    SessionId session() {
        return session;
    }

    List<Sighting> messages() {
        return messages;
    }

    /** Returns the sequence at which the message stands first, or 0. */
    long sequenceOf(MessageIdentity identity) {
        return firstSequence.getOrDefault(identity, 0L);
    }

    /** Returns what stands at this sequence, or null. */
    @Nullable Sighting at(long sequence) {
        // Where there is neither gap nor disorder, the place follows from the sequence.
        if (sequence >= 1 && sequence <= messages.size()) {
            Sighting likely = messages.get((int) sequence - 1);
            if (likely.sequence() == sequence) {
                return likely;
            }
        }
        return search(sequence);
    }

    private @Nullable Sighting search(long sequence) {
        int low = 0;
        int high = messages.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Sighting found = messages.get(middle);
            if (found.sequence() == sequence) {
                return found;
            }
            if (found.sequence() < sequence) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }
}

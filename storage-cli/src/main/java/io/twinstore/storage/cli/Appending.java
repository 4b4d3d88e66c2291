package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.StorageException;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Appends a conversation as a host does: one message after the other, each of them kept when its
 * call returns.
 */
final class Appending {

    private final SessionStore sessions;
    private final SessionId session;
    private final TranscriptSource source;
    private final TranscriptDigest digest = new TranscriptDigest();
    private long count;

    Appending(SessionStore sessions, SessionId session, TranscriptSource source) {
        this.sessions = sessions;
        this.session = session;
        this.source = source;
    }

    /**
     * Appends every message and returns how long that took, reading included.
     *
     * @param acknowledged is told the sequence of each message once it is kept
     */
    Duration run(LongConsumer acknowledged) {
        long start = System.nanoTime();
        try {
            source.forEach(message -> acknowledged.accept(append(message)));
        } catch (StorageException e) {
            throw new InterruptedDemoException(session.value(), count, e);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private long append(Json message) {
        long sequence = sessions.append(session, NewMessage.of(message)).lastSequence();
        digest.add(message);
        count++;
        return sequence;
    }

    long count() {
        return count;
    }

    TranscriptDigest digest() {
        return digest;
    }
}

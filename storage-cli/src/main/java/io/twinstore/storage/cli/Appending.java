package io.twinstore.storage.cli;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.Json;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.StorageException;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Appends a conversation as a host does: one message after the other, each of them kept when its
 * call returns, and each with a key, so that a call whose reply was lost can simply be repeated.
 */
final class Appending {

    private final KeyedSending sending;
    private final SessionId session;
    private final TranscriptSource source;
    private final TranscriptDigest digest = new TranscriptDigest();
    private long count;
    private boolean sentTwice;

    Appending(SessionStore sessions, SessionId session, TranscriptSource source) {
        this.sending = new KeyedSending(sessions, session);
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
            throw new InterruptedAppendException(session.value(), count, e);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private long append(Json message) {
        String key = "demo-" + session + "-" + (count + 1);
        long sequence = sending.send(message, key).lastSequence();
        if (count == 0) {
            sendAgain(message, key);
        }
        digest.add(message);
        count++;
        return sequence;
    }

    /** Does what a host does that never saw the reply. */
    private void sendAgain(Json message, String key) {
        if (!sending.send(message, key).replayed()) {
            throw new StorageException(
                    ErrorCode.INTERNAL, "A message was kept twice, though its key was the same.");
        }
        sentTwice = true;
    }

    /** Returns whether the first message was sent again, to show that it is kept once. */
    boolean sentTwice() {
        return sentTwice;
    }

    long count() {
        return count;
    }

    TranscriptDigest digest() {
        return digest;
    }
}

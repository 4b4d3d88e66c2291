package io.twinstore.storage;

import io.twinstore.storage.spi.TextRules;
import org.jspecify.annotations.Nullable;

/**
 * What an append asks for beside its messages.
 *
 * @param expectedLastSequence the sequence that the transcript must end with, or null for any
 * @param idempotencyKey 1 to 255 characters that make repeating the append safe, or null
 * @param fencingToken the token that must be the session's latest, from 1, or null for an append
 *     that no lease guards
 */
public record AppendOptions(
        @Nullable Long expectedLastSequence,
        @Nullable String idempotencyKey,
        @Nullable Long fencingToken) {

    private static final AppendOptions PLAIN = new AppendOptions(null, null, null);

    /**
     * @throws InvalidValueException when the sequence is negative, or the key or the token out of
     *     bounds
     */
    public AppendOptions {
        if (expectedLastSequence != null && expectedLastSequence < 0) {
            throw new InvalidValueException(
                    "append.expectedLastSequence", "0 or more", expectedLastSequence.toString());
        }
        if (idempotencyKey != null) {
            TextRules.require("append.idempotencyKey", idempotencyKey, 1, 255);
        }
        if (fencingToken != null && fencingToken < 1) {
            throw new InvalidValueException(
                    "append.fencingToken", "1 or more", fencingToken.toString());
        }
    }

    /** Asks for nothing: the fastest append there is. */
    public static AppendOptions plain() {
        return PLAIN;
    }

    /** Appends only when the session has no message yet. */
    public static AppendOptions expectEmpty() {
        return expectSequence(0);
    }

    /** Appends only when the last sequence is this one. */
    public static AppendOptions expectSequence(long lastSequence) {
        return new AppendOptions(lastSequence, null, null);
    }

    /** Appends once, however often it is repeated with this key and the same content. */
    public static AppendOptions once(String idempotencyKey) {
        return new AppendOptions(null, idempotencyKey, null);
    }

    /** Adds an idempotency key to these options. */
    public AppendOptions withKey(String value) {
        return new AppendOptions(expectedLastSequence, value, fencingToken);
    }

    /** Appends only while this token is the session's latest. */
    public static AppendOptions fenced(long fencingToken) {
        return new AppendOptions(null, null, fencingToken);
    }

    /** Adds a fencing token to these options. */
    public AppendOptions withFence(long value) {
        return new AppendOptions(expectedLastSequence, idempotencyKey, value);
    }
}

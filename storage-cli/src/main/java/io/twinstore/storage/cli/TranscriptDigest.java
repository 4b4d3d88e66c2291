package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells whether two transcripts are the same, message by message and byte by byte, in no space. */
final class TranscriptDigest {

    private final MessageDigest digest = sha256();

    /** Adds the next message. */
    void add(Json message) {
        byte[] bytes = message.text().getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    /** Returns whether both saw the same; neither can be used afterwards. */
    boolean sameAs(TranscriptDigest other) {
        return MessageDigest.isEqual(digest.digest(), other.digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

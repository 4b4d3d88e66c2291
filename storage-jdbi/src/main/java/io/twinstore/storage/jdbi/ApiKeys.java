package io.twinstore.storage.jdbi;

import io.twinstore.storage.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * API keys: {@code twk_}, 12 characters by which a key is found, {@code _}, and 43 characters that
 * are 256 random bits.
 *
 * <p>What is kept is SHA-256 of the whole key. A slow hash makes guessing dear, and nobody guesses
 * 256 random bits.
 */
final class ApiKeys {

    private static final String MARK = "twk_";
    private static final int LOOKUP_BYTES = 9;
    private static final int SECRET_BYTES = 32;
    private static final int LOOKUP_LENGTH = MARK.length() + 12;
    private static final int LENGTH = LOOKUP_LENGTH + 1 + 43;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ApiKeys() {}

    static Secret make() {
        return Secret.of(MARK + random(LOOKUP_BYTES) + "_" + random(SECRET_BYTES));
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return text(random);
    }

    /**
     * Returns by what a key is found: how it begins, where the library made it. Others may all
     * begin alike, so that they are found by a hash that has nothing to do with the one that is
     * compared.
     */
    static String lookup(Secret key) {
        String text = key.reveal();
        return text.length() == LENGTH
                        && text.startsWith(MARK)
                        && text.charAt(LOOKUP_LENGTH) == '_'
                        && isPlain(text)
                ? text.substring(0, LOOKUP_LENGTH)
                : "imp_" + text(sha256("look up\0" + text)).substring(0, 16);
    }

    private static boolean isPlain(String text) {
        return text.chars()
                .allMatch(
                        c ->
                                (c >= 'a' && c <= 'z')
                                        || (c >= 'A' && c <= 'Z')
                                        || (c >= '0' && c <= '9')
                                        || c == '-'
                                        || c == '_');
    }

    static Secret hash(Secret key) {
        return Secret.of(text(sha256(key.reveal())));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package io.twinstore.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that must not be seen: it prints as {@code ***} wherever it ends up, in logs, messages
 * and records, and is given out by {@link #reveal()} alone.
 *
 * <p>It is a guard against accidents, not against someone who reads the memory of the process: JDBC
 * drivers take passwords as text, so erasing this one copy would promise more than it keeps.
 * Immutable; not serializable on purpose.
 */
public final class Secret {

    private static final Secret NONE = new Secret("");

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Returns a secret with this text, taken as it is; empty text is the same as {@link #none()}.
     */
    public static Secret of(String value) {
        return value.isEmpty() ? NONE : new Secret(value);
    }

    /**
     * Returns a secret with a copy of these characters; the caller may erase its array afterwards.
     */
    public static Secret of(char[] value) {
        return of(new String(value));
    }

    /**
     * Returns the secret of those who need none, as with PostgreSQL's {@code peer} and {@code
     * trust}.
     */
    public static Secret none() {
        return NONE;
    }

    /** Returns whether there is a secret at all. */
    public boolean isPresent() {
        return !value.isEmpty();
    }

    /** Returns the text, empty for {@link #none()}; the caller sees to it that it is not shown. */
    public String reveal() {
        return value;
    }

    /** Compares in a time that does not tell where two secrets of the same length differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    /** Returns the same number for every secret, since a hash of a short one would give it away. */
    @Override
    public int hashCode() {
        return Secret.class.getName().hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_16BE);
    }
}

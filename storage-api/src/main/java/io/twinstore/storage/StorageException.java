package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything a storage throws.
 *
 * <p>A subclass exists only where a caller acts differently; {@link #code()} is stable across
 * versions and databases. Messages never hold a secret nor a value bound to a statement, causes
 * included.
 */
public class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public StorageException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public StorageException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Returns what kind of error this is, alike in every adapter. */
    public final ErrorCode code() {
        return code;
    }

    /** Returns whether the same call may succeed when it is simply made again. */
    public boolean retryable() {
        return false;
    }
}

package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/** The database could not be reached, opened or signed in to; nothing was written. */
public final class StorageUnavailableException extends StorageException {

    private static final long serialVersionUID = 1L;

    public StorageUnavailableException(String message) {
        this(message, null);
    }

    public StorageUnavailableException(String message, @Nullable Throwable cause) {
        super(ErrorCode.UNAVAILABLE, message, cause);
    }
}

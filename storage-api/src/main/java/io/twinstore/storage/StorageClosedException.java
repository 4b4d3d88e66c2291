package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/** The storage was closed before or during the call; nothing was written. */
public final class StorageClosedException extends StorageException {

    private static final long serialVersionUID = 1L;

    public StorageClosedException(String message) {
        this(message, null);
    }

    public StorageClosedException(String message, @Nullable Throwable cause) {
        super(ErrorCode.CLOSED, message, cause);
    }
}

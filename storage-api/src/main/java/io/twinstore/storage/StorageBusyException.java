package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * The database or its pool was busy for longer than the time-out allows; nothing was written, and
 * trying again is safe.
 */
public final class StorageBusyException extends StorageException {

    private static final long serialVersionUID = 1L;

    public StorageBusyException(String message) {
        this(message, null);
    }

    public StorageBusyException(String message, @Nullable Throwable cause) {
        super(ErrorCode.BUSY, message, cause);
    }

    @Override
    public boolean retryable() {
        return true;
    }
}

package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * A move cannot start or go on. {@link #code()} tells what to do: {@code CONFLICT}, plan again or
 * choose another target; {@code SCHEMA}, the file is none that can be moved; {@code UNAVAILABLE},
 * try again later; {@code ACCESS_DENIED}, the role lacks a right; {@code BUSY}, the same plan is
 * being carried out already.
 */
public final class MigrationException extends StorageException {

    private static final long serialVersionUID = 1L;

    MigrationException(ErrorCode code, String message) {
        this(code, message, null);
    }

    MigrationException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }

    @Override
    public boolean retryable() {
        return code() == ErrorCode.BUSY || code() == ErrorCode.UNAVAILABLE;
    }
}

package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/** The user has a role in the session, and that role does not allow the operation. */
public final class AccessDeniedException extends StorageException {

    private static final long serialVersionUID = 1L;

    public AccessDeniedException(String message) {
        this(message, null);
    }

    public AccessDeniedException(String message, @Nullable Throwable cause) {
        super(ErrorCode.ACCESS_DENIED, message, cause);
    }
}

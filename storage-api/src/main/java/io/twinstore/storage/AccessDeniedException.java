package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * The user has a role in the session, and that role does not allow the operation; or a store that
 * is limited to a user or an application was asked to act for another one, or for retention, which
 * is for whoever runs the storage. Nothing was written. A session in which the user has no role is
 * answered as if it did not exist.
 */
public final class AccessDeniedException extends StorageException {

    private static final long serialVersionUID = 1L;

    public AccessDeniedException(String message) {
        this(message, null);
    }

    public AccessDeniedException(String message, @Nullable Throwable cause) {
        super(ErrorCode.ACCESS_DENIED, message, cause);
    }
}

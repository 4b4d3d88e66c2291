package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * A transaction was used in a way it does not allow, such as calling the outer storage on a thread
 * inside its transaction.
 */
public final class TransactionException extends StorageException {

    private static final long serialVersionUID = 1L;

    public TransactionException(String message) {
        this(message, null);
    }

    public TransactionException(String message, @Nullable Throwable cause) {
        super(ErrorCode.TRANSACTION, message, cause);
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageUnavailableException;

/** Says the same thing to several callers: an exception that two threads throw tells of neither. */
final class SharedFaults {

    private SharedFaults() {}

    /** Returns another exception of the same type, message and cause, thrown by this thread. */
    static StorageException another(StorageException fault) {
        String message = String.valueOf(fault.getMessage());
        Throwable cause = fault.getCause();
        if (fault instanceof OutcomeUnknownException) {
            return new OutcomeUnknownException(cause);
        }
        if (fault instanceof StorageBusyException) {
            return new StorageBusyException(message, cause);
        }
        if (fault instanceof StorageUnavailableException) {
            return new StorageUnavailableException(message, cause);
        }
        if (fault instanceof StorageClosedException) {
            return new StorageClosedException(message, cause);
        }
        if (fault instanceof SchemaException) {
            return new SchemaException(message, cause);
        }
        return new StorageException(fault.code(), message, cause);
    }
}

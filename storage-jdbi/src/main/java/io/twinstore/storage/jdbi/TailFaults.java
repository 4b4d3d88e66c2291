package io.twinstore.storage.jdbi;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong with a tail's last round of reading: trouble, which is waited out, or a failure,
 * which whoever waits is told of once. The tail's lock guards it.
 */
final class TailFaults {

    private static final Logger LOG = LoggerFactory.getLogger(TailFaults.class);

    private @Nullable StorageException trouble;
    private @Nullable Throwable failure;

    /** Takes how a round ended, and returns whether it is trouble. */
    boolean settle(@Nullable Throwable problem) {
        if (problem instanceof RuntimeException fault && !isFinal(fault)) {
            trouble = asTrouble(fault);
            return true;
        }
        failure = problem;
        trouble = null;
        return false;
    }

    /** Notes what is not to be waited out. */
    void fail(Throwable problem) {
        failure = problem;
    }

    boolean isTrouble() {
        return trouble != null;
    }

    Optional<StorageException> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Throws once what ended the last round, if it is not to be waited out. */
    void throwFailure() {
        Throwable told = failure;
        failure = null;
        if (told instanceof Error error) {
            throw error;
        }
        if (told instanceof RuntimeException fault) {
            throw fault;
        }
    }

    private StorageException asTrouble(RuntimeException fault) {
        if (fault instanceof StorageException typed) {
            return typed;
        }
        if (trouble == null) {
            LOG.warn("A tail could not read, for a reason nobody foresaw, and tries again.", fault);
        }
        return new StorageException(
                ErrorCode.INTERNAL,
                "The tail could not read: " + fault.getClass().getName(),
                fault);
    }

    /** Returns whether waiting would not help; anything else may pass, as pools' faults do. */
    private static boolean isFinal(RuntimeException fault) {
        return fault instanceof ConflictException
                || fault instanceof SchemaException
                || fault instanceof StorageClosedException;
    }
}

package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * The reply to a commit was lost: the change may have been applied, or not.
 *
 * <p>An append that carried an idempotency key is safe to repeat with the same key; it is applied
 * once.
 */
public final class OutcomeUnknownException extends StorageException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(@Nullable Throwable cause) {
        super(
                ErrorCode.OUTCOME_UNKNOWN,
                "The reply to the commit was lost: the change may have been applied. Repeat an append with the same"
                        + " idempotency key, or read back before repeating anything else.",
                cause);
    }
}

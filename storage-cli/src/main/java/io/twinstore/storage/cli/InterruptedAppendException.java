package io.twinstore.storage.cli;

import io.twinstore.storage.StorageException;

/** The storage failed in the middle of a conversation; says what is kept. */
final class InterruptedAppendException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StorageException failure;

    /**
     * @param session the session that was appended to
     * @param kept how many messages were acknowledged
     * @param failure what the storage said
     */
    InterruptedAppendException(String session, long kept, StorageException failure) {
        super(
                Layout.counted(kept, "message")
                        + " of session "
                        + session
                        + " were acknowledged before that, and are kept.",
                failure);
        this.failure = failure;
    }

    StorageException failure() {
        return failure;
    }
}

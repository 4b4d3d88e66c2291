package io.twinstore.storage.cli;

import org.jspecify.annotations.Nullable;

/** Input that the command itself refuses, such as a file that holds no transcript. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String hint;

    /**
     * @param message what is wrong, and where
     * @param hint what to do about it
     */
    RefusedException(String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}

package io.twinstore.storage.migrate;

/** An expression that cannot be said in PostgreSQL with exactly the same meaning, and why. */
final class UntranslatableException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param reason for a person, after the name of the rule, such as {@code it uses GLOB}
     */
    UntranslatableException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}

package io.twinstore.storage;

import static java.util.Objects.requireNonNull;

/**
 * How to run a transaction.
 *
 * @param isolation how far it is kept apart from concurrent ones
 * @param attempts how often its work may run in all when the database reports a serialization
 *     failure or a deadlock, 1 to 100
 */
public record TransactionOptions(Isolation isolation, int attempts) {

    /**
     * @throws InvalidValueException when the attempts are out of bounds
     */
    public TransactionOptions {
        requireNonNull(isolation, "isolation");
        if (attempts < 1 || attempts > 100) {
            throw new InvalidValueException(
                    "transaction.attempts", "1 to 100", Integer.toString(attempts));
        }
    }

    /** Read committed, at most 5 attempts. */
    public static TransactionOptions standard() {
        return new TransactionOptions(Isolation.READ_COMMITTED, 5);
    }

    /** Asks for another isolation. */
    public TransactionOptions isolation(Isolation value) {
        return new TransactionOptions(value, attempts);
    }

    /** Asks for another number of attempts. */
    public TransactionOptions attempts(int value) {
        return new TransactionOptions(isolation, value);
    }
}

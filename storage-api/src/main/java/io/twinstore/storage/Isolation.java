package io.twinstore.storage;

/**
 * How far a transaction is kept apart from concurrent ones, in the sense of the SQL standard.
 * SQLite runs every transaction serializable.
 *
 * <p>Deleting and restoring a config must see every session there is, and is refused with {@link
 * TransactionException} in a transaction above read committed.
 */
public enum Isolation {
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE
}

package io.twinstore.storage;

/**
 * How far a transaction is kept apart from concurrent ones, in the sense of the SQL standard.
 * SQLite runs every transaction serializable.
 */
public enum Isolation {
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE
}

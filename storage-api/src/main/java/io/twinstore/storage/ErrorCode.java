package io.twinstore.storage;

/**
 * Stable codes of the errors a storage raises; safe to log, to store and to compare across
 * versions.
 */
public enum ErrorCode {
    NOT_FOUND,
    ALREADY_EXISTS,
    REFERENCE,
    CONFLICT,
    INVALID_VALUE,
    INVALID_OPTIONS,
    ACCESS_DENIED,
    BUSY,
    UNAVAILABLE,
    OUTCOME_UNKNOWN,
    SCHEMA,
    CLOSED,
    TRANSACTION,
    /** The database refused or failed in a way that no other code names; see the cause. */
    INTERNAL
}

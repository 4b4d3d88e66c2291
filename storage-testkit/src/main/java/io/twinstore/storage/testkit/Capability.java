package io.twinstore.storage.testkit;

/** What an adapter may leave out, if it says so. Everything else is for every adapter. */
public enum Capability {
    /** Stores in the host's own JDBC transaction: {@link io.twinstore.storage.Storage#on}. */
    ON_CONNECTION,

    /** Full-text search: {@link io.twinstore.storage.SessionStore#search}. */
    SEARCH
}

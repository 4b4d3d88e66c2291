package io.twinstore.storage;

/** What opening a storage does about the database's schema. */
public enum SchemaMode {
    /**
     * Creates the schema or brings it up to date, under a lock that makes concurrent openings wait.
     */
    MIGRATE,
    /** Changes nothing; a schema that is missing, older or newer is a {@link SchemaException}. */
    VALIDATE,
    /** Neither looks nor changes; for a role that may not even read the changelog. */
    NONE
}

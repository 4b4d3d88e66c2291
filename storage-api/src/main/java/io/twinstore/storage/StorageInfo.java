package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * What a storage runs on; holds no secret.
 *
 * @param database the id of the adapter, such as {@code sqlite}
 * @param databaseVersion the product and version that answered, such as {@code PostgreSQL 18.1}
 * @param location the absolute path, or host, port and database
 * @param schema the schema that the tables live in, or null where the database has none
 * @param schemaVersion the last change of the changelog that was applied, or null when not looked
 *     at
 * @param created whether opening this storage made the schema, rather than found it
 * @param pool how the connections stand now
 */
public record StorageInfo(
        String database,
        String databaseVersion,
        String location,
        @Nullable String schema,
        @Nullable String schemaVersion,
        boolean created,
        Pool pool) {

    /**
     * The connections of a storage.
     *
     * @param active those in use
     * @param idle those open and free
     * @param waiting threads that wait for one
     * @param max how many there may be
     */
    public record Pool(int active, int idle, int waiting, int max) {}
}

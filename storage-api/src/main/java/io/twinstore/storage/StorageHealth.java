package io.twinstore.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a storage can do its work now; holds no secret.
 *
 * @param up whether the database answered in time, on a connection such as every call needs
 * @param reason why it is down: {@link ErrorCode#BUSY} where no connection became free in time,
 *     otherwise mostly {@link ErrorCode#UNAVAILABLE}; null when it is up
 * @param problem the same in words, or null when it is up
 * @param latency how long the round trip took, without the wait for a connection; when it is down,
 *     how long the check took
 * @param pool how the connections stood after it
 * @param schemaVersion the last change of the changelog that the database has, or null where that
 *     was not to be found out
 * @param expectedSchemaVersion the last change that this version of the library knows, or null in
 *     schema mode {@link SchemaMode#NONE}
 * @param index how far the search index is behind, as this process sees it; null when the storage
 *     is down, does not search, or its adapter has no index
 */
public record StorageHealth(
        boolean up,
        @Nullable ErrorCode reason,
        @Nullable String problem,
        Duration latency,
        StorageInfo.Pool pool,
        @Nullable String schemaVersion,
        @Nullable String expectedSchemaVersion,
        @Nullable IndexLag index) {

    /** Returns whether the schema is the expected one, as far as both are known. */
    public boolean isSchemaCurrent() {
        return schemaVersion == null
                || expectedSchemaVersion == null
                || schemaVersion.equals(expectedSchemaVersion);
    }
}

package io.twinstore.storage.testkit;

import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.sql.Connection;
import java.sql.SQLException;

/** A database that exists for a test alone. */
public interface TestDatabase extends AutoCloseable {

    /**
     * Returns options that name this database. The kit sets clock, ids and schema mode in a copy.
     */
    StorageOptions options();

    /** Opens a storage on this database; an adapter that is not found by its options says how. */
    default Storage open(StorageOptions options) {
        return Storage.open(options);
    }

    /**
     * Opens a connection to this database as a host would, past the storage and its pool, set up as
     * {@link Storage#on} asks, but with autocommit on. The caller closes it.
     */
    Connection connection() throws SQLException;

    /** Removes the database. The kit has closed its storages and connections by then. */
    @Override
    void close();
}

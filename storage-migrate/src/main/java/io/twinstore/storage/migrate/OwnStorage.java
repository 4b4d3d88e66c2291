package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.SearchOptions;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.StorageOptions;

/**
 * A database that was opened once to see that it is there and of this version's schema.
 *
 * @param options how to reach it
 * @param info what it said of itself
 */
record OwnStorage(StorageOptions options, StorageInfo info) {

    static OwnStorage find(StorageOptions options) {
        requireKnown("source", options);
        try (Storage storage =
                Storage.open(
                        options.toBuilder()
                                .schemaMode(SchemaMode.VALIDATE)
                                .search(SearchOptions.off())
                                .build())) {
            return new OwnStorage(options, storage.info());
        }
    }

    boolean isSqlite() {
        return isSqlite(options);
    }

    static boolean isSqlite(StorageOptions options) {
        return options.databaseType().equals(StorageOptions.SQLITE);
    }

    /**
     * @throws InvalidValueException when it is another database, or a host's pool
     */
    static void requireKnown(String field, StorageOptions options) {
        if (isSqlite(options)) {
            return;
        }
        if (!options.databaseType().equals(StorageOptions.POSTGRESQL)) {
            throw new InvalidValueException(
                    field, "a sqlite or postgresql database", options.databaseType());
        }
        if (options.postgres().dataSource() != null) {
            throw new InvalidValueException(
                    field + ".postgres", "a server and a role, not a host's pool", null);
        }
    }
}

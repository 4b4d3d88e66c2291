package io.twinstore.storage;

import io.twinstore.storage.spi.MovedMarker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Keeps a host from going on with the wrong database after a move, or before one. */
final class Accident {

    private Accident() {}

    /**
     * Looks at the options before anything is opened.
     *
     * @throws WrongDatabaseException when they name a SQLite file that was moved elsewhere
     */
    static void refuseMoved(StorageOptions options) {
        if (!options.databaseType().equals(StorageOptions.SQLITE) || options.allowStale()) {
            return;
        }
        MovedMarker.requireNone(options.sqlite().absolutePath());
    }

    /**
     * Looks at what was opened.
     *
     * @param sqliteHolds whether the SQLite file that the options name holds sessions; asked only
     *     where it is there and the database is empty
     * @throws WrongDatabaseException when PostgreSQL is empty and the file is not; it is closed
     *     then
     */
    static Storage notEmpty(Storage storage, StorageOptions options, BooleanSupplier sqliteHolds) {
        Path file = options.sqlite().absolutePath();
        if (options.startEmpty()
                || !options.databaseType().equals(StorageOptions.POSTGRESQL)
                || !Files.isRegularFile(file)) {
            return storage;
        }
        try {
            if (isEmpty(storage) && sqliteHolds.getAsBoolean()) {
                throw new WrongDatabaseException(
                        "The PostgreSQL database, "
                                + options.postgres().address()
                                + ", schema "
                                + options.postgres().schema()
                                + ", is empty, and "
                                + file
                                + " holds sessions. Move them first, or name the database that has"
                                + " them; to begin with none, set STORAGE_START_EMPTY=true.");
            }
            return storage;
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private static boolean isEmpty(Storage storage) {
        SessionFilter all = SessionFilter.builder().visibility(Visibility.ANY).build();
        return storage.sessions().list(all, PageRequest.ofSize(1)).items().isEmpty();
    }
}

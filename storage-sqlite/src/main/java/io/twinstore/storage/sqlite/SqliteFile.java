package io.twinstore.storage.sqlite;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.StorageUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks at the path before SQLite does, so that what is wrong with it is said plainly and nothing
 * is touched.
 *
 * <p>Not at what the file holds: the file must not be opened past SQLite, since closing it again
 * would take away the locks that another storage of this process has on it
 * (https://sqlite.org/howtocorrupt.html).
 */
final class SqliteFile {

    private SqliteFile() {}

    /**
     * Refuses what is no file of ours to open. Where there is none yet, its folder is made, or that
     * is refused, too, when the schema is not to be made: SQLite itself would leave an empty file.
     */
    static void prepare(Path path, SchemaMode mode) {
        if (Files.isDirectory(path)) {
            throw new InvalidValueException(
                    "SQLITE_DB_PATH", "a file, not a directory", path.toString());
        }
        if (Files.exists(path)) {
            return;
        }
        if (mode != SchemaMode.MIGRATE) {
            throw new SchemaException(
                    path
                            + " is not there, and schema mode "
                            + mode
                            + " makes nothing; open it with MIGRATE once, or name another file.");
        }
        makeFolder(path);
    }

    private static void makeFolder(Path path) {
        Path folder = path.getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new StorageUnavailableException(
                    "The folder "
                            + folder
                            + " cannot be made: "
                            + e.getClass().getSimpleName()
                            + ".",
                    e);
        }
    }
}

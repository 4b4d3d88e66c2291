package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import java.nio.file.Path;

/**
 * The SQLite file to move. It is read as a file and never opened as a database, so nothing is
 * written to it or beside it.
 *
 * @param file the file; nothing in this process may have it open, since on POSIX systems closing a
 *     file gives up the locks of everyone in the process
 * @param workFolder where the snapshot goes, a copy that is removed afterwards; by default the
 *     system's folder for temporary files
 */
public record MigrationSource(Path file, Path workFolder) {

    /**
     * @throws InvalidValueException when a path is empty
     */
    public MigrationSource {
        require("source.file", file);
        require("source.workFolder", workFolder);
        file = file.toAbsolutePath().normalize();
        workFolder = workFolder.toAbsolutePath().normalize();
    }

    private static void require(String field, Path path) {
        if (path.toString().isEmpty()) {
            throw new InvalidValueException(field, "a path", "");
        }
    }

    /** Returns the source with this file, and the snapshot among the system's temporary files. */
    public static MigrationSource of(Path file) {
        return new MigrationSource(file, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Returns the same source with its snapshot in this folder. */
    public MigrationSource workingIn(Path folder) {
        return new MigrationSource(file, folder);
    }
}

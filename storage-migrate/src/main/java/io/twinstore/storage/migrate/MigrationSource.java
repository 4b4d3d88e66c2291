package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The SQLite file to move, or several that become one. They are read as files and never opened as
 * databases, so nothing is written to them or beside them.
 *
 * @param files the files; nothing in this process may have one open, since on POSIX systems closing
 *     a file gives up the locks of everyone in the process. Of several, the first has its way where
 *     they disagree; see {@link MergedTable}
 * @param workFolder where snapshots go, copies that are removed afterwards; by default the system's
 *     folder for temporary files
 */
public record MigrationSource(List<Path> files, Path workFolder) {

    /**
     * @throws InvalidValueException when a path is empty, or a file is there twice or not at all
     */
    public MigrationSource {
        require("source.workFolder", workFolder);
        files.forEach(file -> require("source.files", file));
        files = files.stream().map(file -> file.toAbsolutePath().normalize()).toList();
        workFolder = workFolder.toAbsolutePath().normalize();
        if (files.isEmpty()) {
            throw new InvalidValueException("source.files", "at least one file", null);
        }
        Set<Path> once = new HashSet<>();
        for (Path file : files) {
            if (!once.add(file)) {
                throw new InvalidValueException(
                        "source.files", "with each file once", file.toString());
            }
        }
    }

    private static void require(String field, Path path) {
        if (path.toString().isEmpty()) {
            throw new InvalidValueException(field, "a path", "");
        }
    }

    /** Returns the source with this file, and the snapshot among the system's temporary files. */
    public static MigrationSource of(Path file) {
        return of(List.of(file));
    }

    /** Returns the source with these files, merged, the first one first. */
    public static MigrationSource of(List<Path> files) {
        return new MigrationSource(files, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Returns the same source with its snapshots in this folder. */
    public MigrationSource workingIn(Path folder) {
        return new MigrationSource(files, folder);
    }
}

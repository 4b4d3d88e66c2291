package io.twinstore.storage;

import java.nio.file.Path;

/**
 * Where the embedded database is.
 *
 * @param path the file, {@code db/database.db} by default; a relative one is kept as given and is
 *     resolved against the working directory of the process when the storage is opened
 */
public record SqliteOptions(Path path) {

    private static final SqliteOptions DEFAULTS = new SqliteOptions(Path.of("db", "database.db"));

    /**
     * @throws InvalidValueException when the path is empty or SQLite's name for a database in
     *     memory
     */
    public SqliteOptions {
        OptionBounds.requireFile("sqlite.path", path.toString());
    }

    /** Returns {@code db/database.db}. */
    public static SqliteOptions defaults() {
        return DEFAULTS;
    }

    /** Returns the path as messages show it: absolute, without {@code .} and {@code ..}. */
    public Path absolutePath() {
        return path.toAbsolutePath().normalize();
    }

    @Override
    public String toString() {
        return "SqliteOptions[path=" + absolutePath() + "]";
    }
}

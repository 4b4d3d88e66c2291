package io.twinstore.storage.sqlite;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.StorageUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Looks at the file before SQLite does, so that what is wrong with it is said plainly and nothing
 * is touched.
 */
final class SqliteFile {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

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
            refuseForeignContent(path);
        } else if (mode != SchemaMode.MIGRATE) {
            throw new SchemaException(
                    path
                            + " is not there, and schema mode "
                            + mode
                            + " makes nothing; open it with MIGRATE once, or name another file.");
        } else {
            makeFolder(path);
        }
    }

    private static void refuseForeignContent(Path path) {
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(MAGIC.length);
        } catch (IOException e) {
            throw new StorageUnavailableException(path + " cannot be read by this user.", e);
        }
        // An empty file is what SQLite itself leaves when it was killed before the first write.
        if (start.length > 0 && !Arrays.equals(start, MAGIC)) {
            throw new SchemaException(
                    path + " is not a SQLite database, or it is encrypted; nothing was changed.");
        }
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

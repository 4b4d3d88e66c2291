package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.StorageUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Backups of a database, and their way back into either database.
 *
 * <p>A backup is one SQLite file of Twinstore's own layout, whichever database it is of, with a
 * record beside it. It holds one moment: all that was committed before, and nothing after, while
 * others go on writing.
 */
public final class Backup {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Backup() {}

    /** What a restore does only when it is told to. */
    public enum Choice {
        /** Takes the place of the SQLite file that is there, which is kept under another name. */
        REPLACE,
        /** Takes a file without a record, of which nobody can tell whether it is what it was. */
        UNRECORDED
    }

    /**
     * Writes a backup, reads it back, and gives it its name: {@code
     * twinstore-YYYYMMDD-HHMMSS[-n].db}, in UTC. Stopped anywhere, there is no file of that name,
     * and the next backup to the folder removes what is left. Only its owner can read the file,
     * where the file system can say so.
     *
     * @param source the database, of this version's schema; for PostgreSQL a server and a role
     * @param folder where to; made where it is not there
     * @return the record, with the file's name
     * @throws InvalidValueException when the source is a host's pool
     * @throws SchemaException when the database has no schema, or one of another version
     * @throws MigrationException when the file cannot be written or is not what was read, the
     *     source is damaged, or another backup is being written to the folder
     * @throws StorageUnavailableException when the database cannot be reached or is lost
     */
    public static BackupRecord write(
            StorageOptions source, Path folder, MigrationListener listener) {
        return BackupFaults.guarded(
                "No backup was made.",
                () -> {
                    OwnStorage database = OwnStorage.find(source);
                    try (BackupFolder taken = BackupFolder.take(folder)) {
                        return new Writing(database, taken, listener).run();
                    }
                });
    }

    /**
     * Does the same, and tells nobody how it goes on.
     *
     * @throws MigrationException as {@link #write(StorageOptions, Path, MigrationListener)}
     */
    public static BackupRecord write(StorageOptions source, Path folder) {
        return write(source, folder, MigrationListener.SILENT);
    }

    /**
     * Removes older backups of the same database from the folder of a backup: those of longer ago
     * than an age before that backup, each with its record. The newest stays in any case, and so
     * does every file that has no record or not the name of a backup.
     *
     * @param newest a backup that stands
     * @param age 1 minute to 36,500 days
     * @return what was removed
     * @throws InvalidValueException when the age is out of bounds
     * @throws MigrationException when a file cannot be removed, or a backup is being written to the
     *     folder
     */
    public static List<Path> expire(BackupRecord newest, Duration age) {
        if (age.compareTo(SHORTEST) < 0 || age.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("keep", "1 minute to 36,500 days", age.toString());
        }
        return BackupFaults.guarded(
                "What was removed before stays removed.",
                () -> {
                    try (BackupFolder taken = BackupFolder.take(Durable.folder(newest.file()))) {
                        return taken.expire(newest, newest.takenAt().minus(age));
                    }
                });
    }

    /**
     * Brings a backup into a database that has nothing, and proves that all of it is there. Then
     * leases are ended, fencing tokens go on above all that were given out, tails that lived
     * through it end, and the search index is made anew: see {@code docs/backup.md}.
     *
     * <p>SQLite: the file is made under another name and gets its own when it is proven.
     * PostgreSQL: stopped anywhere, the same call goes on from there; open nothing before it has
     * returned.
     *
     * @param file the backup
     * @param target the database; for PostgreSQL a server and a role
     * @throws InvalidValueException when the file has no record, the target is a host's pool or the
     *     backup itself, or there is no replacing a PostgreSQL database
     * @throws SchemaException when the backup is of a newer version
     * @throws MigrationException when the backup is not what its record says or damaged, the target
     *     has something, or is in use
     * @throws StorageUnavailableException when the target cannot be reached or is lost
     */
    public static RestoreReport restore(
            Path file, StorageOptions target, Set<Choice> choices, MigrationListener listener) {
        return BackupFaults.guarded(
                "The target is not restored.",
                () -> new Restoring(file, target, choices, listener).run());
    }

    /**
     * Does the same with a recorded backup, and tells nobody how it goes on.
     *
     * @throws MigrationException as {@link #restore(Path, StorageOptions, Set, MigrationListener)}
     */
    public static RestoreReport restore(Path file, StorageOptions target) {
        return restore(file, target, Set.of(), MigrationListener.SILENT);
    }
}

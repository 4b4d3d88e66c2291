package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.spi.MovedMarker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks what is to be restored, and where, before anything is written. */
final class Restoring {

    private final Path file;
    private final StorageOptions target;
    private final Set<Backup.Choice> choices;
    private final MigrationListener listener;

    Restoring(
            Path file,
            StorageOptions target,
            Set<Backup.Choice> choices,
            MigrationListener listener) {
        this.file = file.toAbsolutePath().normalize();
        this.target = target;
        this.choices = Set.copyOf(choices);
        this.listener = listener;
    }

    RestoreReport run() throws SQLException, IOException {
        OwnStorage.requireKnown("target", target);
        boolean sqlite = OwnStorage.isSqlite(target);
        boolean replace = choices.contains(Backup.Choice.REPLACE);
        if (replace && !sqlite) {
            throw new InvalidValueException(
                    "replace",
                    "for a SQLite file; PostgreSQL is restored into an empty schema (POSTGRES_SCHEMA)",
                    "REPLACE");
        }
        if (sqlite && !target.allowStale()) {
            // It would not be opened afterwards; told now, nothing is put aside in vain.
            MovedMarker.requireNone(target.sqlite().absolutePath());
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidValueException("file", "a backup that is there", file.toString());
        }
        @Nullable BackupRecord record = record();
        return sqlite
                ? new SqliteRestoring(file, record, target, replace, listener).run()
                : new PostgresRestoring(file, record, target, listener).run();
    }

    private @Nullable BackupRecord record() throws IOException {
        Optional<BackupRecord> record = BackupFolder.read(file);
        if (record.isEmpty() && !choices.contains(Backup.Choice.UNRECORDED)) {
            throw new InvalidValueException(
                    "file",
                    "a backup with its record beside it ("
                            + BackupFolder.record(file).getFileName()
                            + "), or restored as unrecorded",
                    file.toString());
        }
        return record.orElse(null);
    }

    /**
     * @throws MigrationException when the file's digest is not the record's
     */
    static void requireRecorded(Path file, @Nullable BackupRecord record, String sha256) {
        if (record != null && !record.sha256().equals(sha256)) {
            throw new MigrationException(
                    ErrorCode.SCHEMA,
                    file
                            + " is not what its record says (SHA-256 "
                            + sha256.substring(0, 16)
                            + "…, recorded "
                            + record.sha256().substring(0, 16)
                            + "…): it was damaged or changed. Nothing was restored.");
        }
    }
}

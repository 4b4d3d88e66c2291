package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Writes one backup under a temporary name, reads it back, and gives it its own. */
final class Writing {

    private final OwnStorage database;
    private final BackupFolder folder;
    private final MigrationListener listener;

    Writing(OwnStorage database, BackupFolder folder, MigrationListener listener) {
        this.database = database;
        this.folder = folder;
        this.listener = listener;
    }

    BackupRecord run() throws SQLException, IOException {
        Instant now = database.options().clock().instant().truncatedTo(ChronoUnit.MICROS);
        Path file = folder.name(now);
        Path part = BackupFolder.part(file);
        try {
            Durable.makePrivate(part);
            OwnFile.make(part);
            List<TablePlan> tables = OwnFile.tables(part);
            List<BackupTable> read =
                    database.isSqlite()
                            ? new SqliteReading(database.options(), tables, listener).into(part)
                            : new PostgresReading(database.options(), tables, listener).into(part);
            List<String> others = readBack(part, tables, read);
            Durable.force(part);
            BackupRecord made =
                    new BackupRecord(
                            file,
                            now,
                            database.info().database(),
                            database.info().location(),
                            database.info().schema(),
                            String.valueOf(database.info().schemaVersion()),
                            Files.size(part),
                            SourceCopy.sha256(part),
                            read,
                            others);
            folder.publish(made);
            return made;
        } finally {
            Durable.deleteWithCompanions(part);
        }
    }

    /** Compares what the file has with what was read, and returns the tables that are not ours. */
    private List<String> readBack(Path part, List<TablePlan> tables, List<BackupTable> read)
            throws SQLException {
        try (Connection sqlite = OwnFile.connect(part)) {
            listener.step("integrity check");
            String fault = OwnFile.first(sqlite, "pragma integrity_check(1)");
            if (!"ok".equals(fault)) {
                throw new MigrationException(
                        ErrorCode.SCHEMA,
                        database.info().location() + " is damaged: no backup was made.");
            }
            List<BackupTable> there = new ArrayList<>();
            for (TablePlan table : tables) {
                there.add(TableDigest.of(sqlite, table));
                listener.compared(table.name(), there.get(there.size() - 1).rows());
            }
            if (!there.equals(read)) {
                throw new MigrationException(
                        ErrorCode.INTERNAL,
                        "The backup reads otherwise than what was written to it: no backup was made.");
            }
            return OwnFile.otherTables(sqlite, tables);
        }
    }
}

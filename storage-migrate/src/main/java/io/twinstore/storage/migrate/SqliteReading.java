package io.twinstore.storage.migrate;

import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConnection;

/**
 * Copies a SQLite file with SQLite's online backup (https://sqlite.org/backup.html), within one
 * reading transaction: in the mode of the write-ahead log others go on writing meanwhile, and the
 * backup need not begin anew for each of their commits.
 */
final class SqliteReading {

    private final StorageOptions source;
    private final List<TablePlan> tables;
    private final MigrationListener listener;

    SqliteReading(StorageOptions source, List<TablePlan> tables, MigrationListener listener) {
        this.source = source;
        this.tables = tables;
        this.listener = listener;
    }

    /** Returns what each table had in the same transaction, read apart from the copy. */
    List<BackupTable> into(Path part) throws SQLException, IOException {
        List<BackupTable> read = new ArrayList<>();
        Durable.deleteWithCompanions(part);
        Durable.makePrivate(part);
        try (Connection sqlite = OwnFile.connect(source.sqlite().absolutePath())) {
            OwnFile.execute(
                    sqlite,
                    "pragma busy_timeout = " + source.pool().connectionTimeout().toMillis());
            OwnFile.execute(sqlite, "pragma query_only = on");
            OwnFile.execute(sqlite, "begin");
            OwnFile.first(sqlite, "select count(*) from sqlite_master");
            listener.step("copy of the file");
            copy(sqlite, part);
            for (TablePlan table : tables) {
                listener.step("digest of " + table.name());
                read.add(TableDigest.of(sqlite, table));
            }
            OwnFile.execute(sqlite, "rollback");
        }
        try (Connection copy = OwnFile.connect(part)) {
            // The copy came in the mode of the log; as one file it needs none beside it.
            OwnFile.first(copy, "pragma journal_mode = delete");
        }
        return read;
    }

    private static void copy(Connection sqlite, Path part) throws SQLException {
        int code =
                sqlite.unwrap(SQLiteConnection.class)
                        .getDatabase()
                        .backup("main", part.toString(), null);
        if (code != 0) {
            throw new SQLException("SQLite's online backup failed", null, code);
        }
    }
}

package io.twinstore.storage.sqlite.legacy;

import io.twinstore.storage.SchemaException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Says of a file that is not this library's what it is, and what can be done. */
public final class LegacyFile {

    private LegacyFile() {}

    /**
     * Returns why the file cannot be opened as it is; empty where it has no tables, or those of
     * this library.
     */
    public static Optional<SchemaException> refusal(Connection connection, Path file)
            throws SQLException {
        FoundTables found = FoundTables.in(connection);
        if (found.isEmpty() || isOurs(connection)) {
            return Optional.empty();
        }
        Optional<LegacyLayout> layout = found.layout();
        return Optional.of(
                layout.isPresent()
                        ? legacy(file, layout.get(), Sql.count(connection, "sessions"))
                        : foreign(file, found));
    }

    /** Returns the name of the file's layout, where it is one of the earlier programs'. */
    public static Optional<String> layout(Connection connection) throws SQLException {
        return isOurs(connection)
                ? Optional.empty()
                : FoundTables.in(connection).layout().map(LegacyLayout::label);
    }

    static boolean isOurs(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        "select 1 from sqlite_master where name = 'twinstore_changelog'")
                != null;
    }

    private static SchemaException legacy(Path file, LegacyLayout layout, long sessions) {
        return new SchemaException(
                file
                        + " is a file of an earlier session program: layout "
                        + layout.label()
                        + ", "
                        + sessions
                        + (sessions == 1 ? " session" : " sessions")
                        + ". Nothing was changed. Stop that program and upgrade the file with"
                        + " './storage upgrade "
                        + file
                        + "', or open it once with STORAGE_LEGACY=upgrade, in code"
                        + " StorageOptions.builder().legacyFiles(LegacyFiles.UPGRADE); the old file"
                        + " stays beside it as a backup.");
    }

    static SchemaException foreign(Path file, FoundTables found) {
        return new SchemaException(
                file
                        + " is a SQLite database of another application, with the tables "
                        + found.names()
                        + "."
                        + found.nearMiss()
                                .map(
                                        miss ->
                                                " It resembles an earlier session program's, but "
                                                        + miss
                                                        + ".")
                                .orElse("")
                        + " Nothing was changed; name another file with SQLITE_DB_PATH.");
    }
}

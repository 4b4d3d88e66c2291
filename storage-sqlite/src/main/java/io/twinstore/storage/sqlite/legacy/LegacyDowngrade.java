package io.twinstore.storage.sqlite.legacy;

import io.twinstore.storage.SchemaException;
import io.twinstore.storage.StorageUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sqlite.SQLiteConfig;

/**
 * The way back: writes a file of the old layout from one that was upgraded.
 *
 * <p>Each cell that nobody touched since is the old file's, with its type and bytes. A transcript
 * that grew by appends begins with the bytes that it had. What was made since is there as the
 * earlier program would have written it; what that has no place for is left out: participants other
 * than the owner, deleted records, and of v2 and v3 the metadata of sessions.
 */
public final class LegacyDowngrade {

    private LegacyDowngrade() {}

    /**
     * Writes the old layout's file.
     *
     * @param upgraded a file that was upgraded; it is only read, in one snapshot
     * @param target where to write; nothing may be there yet, and nothing is when this fails
     * @return the layout's name
     * @throws SchemaException when the file was not upgraded from a legacy one, or something is at
     *     the target
     * @throws StorageUnavailableException when the target cannot be written
     * @throws SQLException when SQLite refuses to read the one file or to write the other
     */
    public static String run(Path upgraded, Path target) throws SQLException {
        if (Files.exists(target)) {
            throw new SchemaException(target + " is there already; nothing was changed.");
        }
        Path unfinished = target.resolveSibling(target.getFileName() + ".writing");
        try {
            Files.deleteIfExists(unfinished);
            String layout = write(upgraded, unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            return layout;
        } catch (IOException e) {
            throw new StorageUnavailableException(
                    target + " cannot be written: " + e.getClass().getSimpleName() + ".", e);
        } finally {
            discard(unfinished);
        }
    }

    /** What stays where that fails, the next try removes. */
    private static void discard(Path unfinished) {
        for (String part : List.of("", "-journal")) {
            unfinished.resolveSibling(unfinished.getFileName() + part).toFile().delete();
        }
    }

    private static String write(Path upgraded, Path target) throws SQLException {
        try (Connection from = Sql.connect(upgraded, new SQLiteConfig())) {
            // Not opened read-only: such a connection leaves the log's files behind.
            Sql.run(from, "pragma query_only = on");
            Sql.run(from, "begin");
            List<String> schema = LegacyFile.isOurs(from) ? ResidueTable.schema(from) : List.of();
            if (schema.isEmpty()) {
                throw new SchemaException(
                        upgraded + " was not upgraded from a file of an earlier program.");
            }
            try (Connection to = Sql.connect(target, new SQLiteConfig())) {
                Sql.run(to, "begin immediate");
                LegacyLayout layout = fill(from, to, schema);
                Sql.run(to, "commit");
                return layout.label();
            }
        }
    }

    private static LegacyLayout fill(Connection from, Connection to, List<String> schema)
            throws SQLException {
        List<String> later = new ArrayList<>();
        for (String sql : schema) {
            // Indexes are made faster at once, and a trigger must not see what it did already.
            if (sql.regionMatches(true, 0, "create table", 0, "create table".length())) {
                Sql.run(to, sql);
            } else {
                later.add(sql);
            }
        }
        FoundTables tables = FoundTables.in(to);
        LegacyLayout layout = tables.layout().orElseThrow();
        try (Restoring restoring = new Restoring(from)) {
            for (LegacyTable table : tables.present(layout)) {
                for (String key : restoring.keys(table)) {
                    insert(to, table, restoring.row(table, key).orElseThrow());
                }
            }
        }
        for (String sql : later) {
            Sql.run(to, sql);
        }
        return layout;
    }

    private static void insert(Connection to, LegacyTable table, Map<String, Cell> row)
            throws SQLException {
        String sql =
                "insert into "
                        + Sql.quoted(table.name())
                        + " ("
                        + row.keySet().stream().map(Sql::quoted).collect(Collectors.joining(", "))
                        + ") values ("
                        + row.values().stream()
                                .map(Cell::parameter)
                                .collect(Collectors.joining(", "))
                        + ")";
        try (PreparedStatement statement = to.prepareStatement(sql)) {
            int index = 0;
            for (Cell cell : row.values()) {
                cell.bind(statement, ++index);
            }
            statement.executeUpdate();
        }
    }
}

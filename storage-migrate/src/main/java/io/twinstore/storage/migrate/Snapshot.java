package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.SearchOptions;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private copy of the source, opened. What a write-ahead log or a rollback journal beside the
 * source holds is in it; a file of Twinstore's own is brought up to date in it, and only in it.
 */
final class Snapshot implements AutoCloseable {

    private final SourceCopy copy;
    private final String sha256;
    private final boolean own;
    private final Connection connection;

    private Snapshot(SourceCopy copy, String sha256, boolean own, Connection connection) {
        this.copy = copy;
        this.sha256 = sha256;
        this.own = own;
        this.connection = connection;
    }

    /**
     * Copies the source.
     *
     * @throws MigrationException when it is no SQLite file, is damaged, or is written to all the
     *     time
     */
    static Snapshot of(MigrationSource source) throws SQLException, IOException {
        SourceCopy copy = SourceCopy.still(source);
        try {
            try (Connection first = connect(copy.file())) {
                check(first, source.file());
            }
            return opened(copy, sha256(copy));
        } catch (SQLException | IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    /**
     * Copies a source whose digest is known. One reading is enough: what has the digest is, byte
     * for byte, what was checked when the digest was taken.
     *
     * @throws MigrationException when it is another, or no SQLite file
     */
    static Snapshot of(MigrationSource source, String sha256) throws SQLException, IOException {
        Snapshot planned = ifPlanned(source, sha256);
        if (planned != null) {
            return planned;
        }
        // It may have been written to while it was read.
        Snapshot found = of(source);
        if (!found.sha256.equals(sha256)) {
            found.close();
            throw new MigrationException(
                    ErrorCode.CONFLICT,
                    source.file()
                            + " has changed since it was planned. Stop the application that writes"
                            + " it, and make a new plan.");
        }
        return found;
    }

    private static @Nullable Snapshot ifPlanned(MigrationSource source, String sha256)
            throws SQLException, IOException {
        SourceCopy copy = SourceCopy.once(source);
        try {
            if (copy.hasLog() || copy.sha256().equals(sha256)) {
                String found = sha256(copy);
                if (found.equals(sha256)) {
                    return opened(copy, found);
                }
            }
        } catch (SQLException | IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
        copy.close();
        return null;
    }

    private static Snapshot opened(SourceCopy copy, String sha256) throws SQLException {
        boolean own;
        try (Connection first = connect(copy.file())) {
            own =
                    first(first, "select 1 from sqlite_master where name = 'twinstore_changelog'")
                            != null;
        }
        if (own) {
            Storage.open(
                            StorageOptions.sqlite(copy.file()).toBuilder()
                                    .schemaMode(SchemaMode.MIGRATE)
                                    .search(SearchOptions.off())
                                    .build())
                    .close();
        }
        return new Snapshot(copy, sha256, own, connect(copy.file()));
    }

    private static String sha256(SourceCopy copy) throws SQLException, IOException {
        return copy.hasLog() ? withoutLog(copy) : copy.sha256();
    }

    /**
     * Brings what the log holds into the copy, so that a checkpoint of the source changes nothing.
     */
    private static String withoutLog(SourceCopy copy) throws SQLException, IOException {
        try (Connection first = connect(copy.file())) {
            first(first, "pragma wal_checkpoint(truncate)");
        }
        return SourceCopy.sha256(copy.file());
    }

    private static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static void check(Connection connection, Path file) throws SQLException {
        String fault;
        String encoding;
        try {
            // Rows that break a check of their table are sound, and the plan counts them.
            ignoreChecks(connection);
            fault = first(connection, "pragma quick_check(1)");
            encoding = first(connection, "pragma encoding");
        } catch (SQLException e) {
            throw damaged(file, String.valueOf(e.getMessage()), e);
        }
        if (!"ok".equals(fault)) {
            throw damaged(file, String.valueOf(fault), null);
        }
        if (!"UTF-8".equals(encoding)) {
            throw new MigrationException(
                    ErrorCode.SCHEMA,
                    file
                            + " keeps its text as "
                            + encoding
                            + ", and only UTF-8 can be moved byte for byte. Nothing was changed.");
        }
    }

    private static void ignoreChecks(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma ignore_check_constraints = on");
        }
    }

    private static MigrationException damaged(Path file, String fault, @Nullable Throwable cause) {
        String line = fault.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
        return new MigrationException(
                ErrorCode.SCHEMA,
                file + " is damaged or encrypted: " + line + ". Nothing was changed.",
                cause);
    }

    Connection connection() {
        return connection;
    }

    /** Returns the digest of the source's content, in hexadecimal. */
    String sha256() {
        return sha256;
    }

    /** Returns whether the file is Twinstore's own. */
    boolean own() {
        return own;
    }

    @Nullable String first(String sql) throws SQLException {
        return first(connection, sql);
    }

    /** Returns the first column of all rows. */
    List<String> all(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static @Nullable String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        try {
            connection.close();
        } finally {
            copy.close();
        }
    }

    /** Returns whether the file is there at all; for messages before anything is copied. */
    static boolean isThere(Path file) {
        return Files.isRegularFile(file);
    }
}

package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Upgraded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A private copy of one file, checked, and in the layout in which its rows go on. */
final class SnapshotFile implements AutoCloseable {

    private final SourceCopy copy;
    private final PlannedFile planned;
    private final boolean own;

    private SnapshotFile(SourceCopy copy, PlannedFile planned, boolean own) {
        this.copy = copy;
        this.planned = planned;
        this.own = own;
    }

    /**
     * Copies a file of which nothing is known.
     *
     * @throws MigrationException when it is no SQLite file, is damaged, or is written to all the
     *     time
     */
    static SnapshotFile of(Path file, Path workFolder, boolean upgrading)
            throws SQLException, IOException {
        SourceCopy copy = SourceCopy.still(file, workFolder);
        try {
            Instant modified = modified(file);
            try (Connection first = OwnFile.connect(copy.file())) {
                check(first, file);
            }
            String sha256 = sha256(copy);
            Optional<String> layout =
                    upgrading
                            ? Storage.legacyLayout(StorageOptions.sqlite(copy.file()))
                            : Optional.empty();
            return opened(copy, new PlannedFile(file, sha256, modified, layout.orElse(null)));
        } catch (SQLException | IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    private static Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Copies a file whose digest is known. One reading is enough: what has the digest is, byte for
     * byte, what was checked when the digest was taken.
     *
     * @throws MigrationException when it is another
     */
    static SnapshotFile of(PlannedFile planned, Path workFolder) throws SQLException, IOException {
        SnapshotFile found = ifPlanned(planned, workFolder, false);
        // It may have been written to while it was read.
        found = found == null ? ifPlanned(planned, workFolder, true) : found;
        if (found == null) {
            throw new MigrationException(
                    ErrorCode.CONFLICT,
                    planned.file()
                            + " has changed since it was planned. Stop the application that writes"
                            + " it, and make a new plan.");
        }
        return found;
    }

    private static @Nullable SnapshotFile ifPlanned(
            PlannedFile planned, Path workFolder, boolean still) throws SQLException, IOException {
        SourceCopy copy =
                still
                        ? SourceCopy.still(planned.file(), workFolder)
                        : SourceCopy.once(planned.file(), workFolder);
        try {
            if ((copy.hasLog() || copy.sha256().equals(planned.sha256()))
                    && sha256(copy).equals(planned.sha256())) {
                return opened(copy, planned);
            }
        } catch (SQLException | IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
        copy.close();
        return null;
    }

    /** The same file and time make the same rows, whenever they are made. */
    private static SnapshotFile opened(SourceCopy copy, PlannedFile planned)
            throws SQLException, IOException {
        if (planned.upgradedFrom() != null) {
            upgrade(copy.file(), planned);
        }
        boolean own;
        try (Connection first = OwnFile.connect(copy.file())) {
            own = OwnFile.isOwn(first);
        }
        if (own) {
            OwnFile.make(copy.file());
        }
        return new SnapshotFile(copy, planned, own);
    }

    private static void upgrade(Path copy, PlannedFile planned) throws IOException {
        Files.setLastModifiedTime(copy, FileTime.from(planned.modifiedAt()));
        try {
            Optional<Upgraded> done = Storage.upgrade(StorageOptions.sqlite(copy));
            if (done.isPresent()) {
                Files.deleteIfExists(done.get().backup());
            }
        } catch (SchemaException e) {
            String what = String.valueOf(e.getMessage());
            throw new MigrationException(
                    ErrorCode.SCHEMA, what.replace(copy.toString(), planned.file().toString()), e);
        }
    }

    private static String sha256(SourceCopy copy) throws SQLException, IOException {
        return copy.hasLog() ? withoutLog(copy) : copy.sha256();
    }

    /**
     * Brings what the log holds into the copy, so that a checkpoint of the source changes nothing.
     */
    private static String withoutLog(SourceCopy copy) throws SQLException, IOException {
        try (Connection first = OwnFile.connect(copy.file())) {
            OwnFile.first(first, "pragma wal_checkpoint(truncate)");
        }
        return SourceCopy.sha256(copy.file());
    }

    private static void check(Connection connection, Path file) {
        String fault;
        String encoding;
        try {
            // Rows that break a check of their table are sound, and the plan counts them.
            OwnFile.execute(connection, "pragma ignore_check_constraints = on");
            fault = OwnFile.first(connection, "pragma quick_check(1)");
            encoding = OwnFile.first(connection, "pragma encoding");
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

    private static MigrationException damaged(Path file, String fault, @Nullable Throwable cause) {
        String line = fault.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
        return new MigrationException(
                ErrorCode.SCHEMA,
                file + " is damaged or encrypted: " + line + ". Nothing was changed.",
                cause);
    }

    /** Returns where the copy is. */
    Path copy() {
        return copy.file();
    }

    PlannedFile planned() {
        return planned;
    }

    /** Returns whether it is in Twinstore's own layout. */
    boolean own() {
        return own;
    }

    @Override
    public void close() throws IOException {
        copy.close();
    }
}

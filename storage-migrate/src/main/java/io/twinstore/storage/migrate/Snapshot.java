package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private copy of the source, opened. What a write-ahead log or a rollback journal beside the
 * source holds is in it. A file of Twinstore's own is brought up to date in it, one of an earlier
 * session program upgraded where that is asked for, and several files are one, all in the copy.
 */
final class Snapshot implements AutoCloseable {

    private final List<SnapshotFile> files;
    private final PlannedSource source;
    private final List<Untranslated> left;
    private final Connection connection;

    private Snapshot(
            List<SnapshotFile> files,
            PlannedSource source,
            List<Untranslated> left,
            Connection connection) {
        this.files = files;
        this.source = source;
        this.left = left;
        this.connection = connection;
    }

    /**
     * Copies the source.
     *
     * @param upgrading whether files of earlier session programs are upgraded
     * @throws MigrationException when one is no SQLite file, is damaged, or is written to all the
     *     time, or when they cannot be one
     */
    static Snapshot of(MigrationSource source, boolean upgrading) throws SQLException, IOException {
        List<SnapshotFile> files = new ArrayList<>();
        return opened(
                files,
                source.workFolder(),
                () -> {
                    for (Path file : source.files()) {
                        files.add(SnapshotFile.of(file, source.workFolder(), upgrading));
                    }
                });
    }

    /**
     * Copies a source that was planned.
     *
     * @throws MigrationException when a file is another than it was
     */
    static Snapshot of(PlannedSource source) throws SQLException, IOException {
        List<SnapshotFile> files = new ArrayList<>();
        Snapshot snapshot =
                opened(
                        files,
                        source.workFolder(),
                        () -> {
                            for (PlannedFile file : source.files()) {
                                files.add(SnapshotFile.of(file, source.workFolder()));
                            }
                        });
        if (!snapshot.source.merged().equals(source.merged())) {
            snapshot.close();
            throw new MigrationException(
                    ErrorCode.CONFLICT,
                    "The files of the plan merge otherwise than they did when it was made. Make a new"
                            + " plan.");
        }
        return snapshot;
    }

    private static Snapshot opened(List<SnapshotFile> files, Path workFolder, Target.Work copying)
            throws SQLException, IOException {
        try {
            copying.run();
            Merging merging = new Merging(files);
            List<MergedTable> merged = merging.run();
            for (SnapshotFile other : files.subList(1, files.size())) {
                other.close();
            }
            PlannedSource source =
                    new PlannedSource(
                            files.stream().map(SnapshotFile::planned).toList(), workFolder, merged);
            return new Snapshot(
                    files, source, merging.left(), OwnFile.connect(files.get(0).copy()));
        } catch (SQLException | IOException | RuntimeException e) {
            for (SnapshotFile file : files) {
                file.close();
            }
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Returns the files as they were copied. */
    PlannedSource source() {
        return source;
    }

    /** Returns what of its files, but the first, it has not. */
    List<Untranslated> left() {
        return left;
    }

    /** Returns whether it is in Twinstore's own layout. */
    boolean own() {
        return files.get(0).own();
    }

    @Nullable String first(String sql) throws SQLException {
        return OwnFile.first(connection, sql);
    }

    @Override
    public void close() throws SQLException, IOException {
        try {
            connection.close();
        } finally {
            for (SnapshotFile file : files) {
                file.close();
            }
        }
    }
}

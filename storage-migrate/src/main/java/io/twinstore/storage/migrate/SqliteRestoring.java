package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the file from a backup under another name, proves it, and puts it in its place. */
final class SqliteRestoring {

    private final Path file;
    private final @Nullable BackupRecord record;
    private final StorageOptions target;
    private final boolean replace;
    private final MigrationListener listener;
    private final Path place;
    private final Path part;

    SqliteRestoring(
            Path file,
            @Nullable BackupRecord record,
            StorageOptions target,
            boolean replace,
            MigrationListener listener) {
        this.file = file;
        this.record = record;
        this.target = target;
        this.replace = replace;
        this.listener = listener;
        place = target.sqlite().absolutePath();
        part = Durable.beside(place, ".restoring");
    }

    RestoreReport run() throws SQLException, IOException {
        if (!Files.isDirectory(Durable.folder(place))) {
            Files.createDirectories(Durable.folder(place));
        }
        HeldFile held =
                HeldFile.take(
                        Durable.beside(place, ".restoring.lock"),
                        place + " is being restored by another process at the moment.");
        try {
            requireRoom();
            Durable.deleteWithCompanions(part);
            return restored();
        } finally {
            Durable.deleteWithCompanions(part);
            held.close();
        }
    }

    private void requireRoom() throws IOException {
        if (there(place)) {
            if (Files.isSameFile(file, place)) {
                throw new InvalidValueException(
                        "target", "another file than the backup", place.toString());
            }
            if (!replace) {
                throw new MigrationException(
                        ErrorCode.CONFLICT,
                        place
                                + " is there already, and was not touched. Restore to another file, or"
                                + " replace this one, which keeps it under another name.");
            }
            return;
        }
        for (String log : List.of("-wal", "-journal")) {
            if (there(Durable.beside(place, log))) {
                throw new MigrationException(
                        ErrorCode.CONFLICT,
                        Durable.beside(place, log)
                                + " is there without its file, and would be taken for the restored"
                                + " file's. Move it away.");
            }
        }
    }

    private static boolean there(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private RestoreReport restored() throws SQLException, IOException {
        listener.step("copy of the backup");
        Restoring.requireRecorded(file, record, copied());
        OwnFile.requireSound(part, file);
        bringUpToDate();
        long rows = rows();
        NewLife.begin(part, target);
        settle();
        @Nullable Path aside = null;
        if (there(place)) {
            aside = new Replacement(place, part, target.clock().instant()).run();
        } else {
            put();
        }
        OwnStorage found = OwnStorage.find(target);
        return new RestoreReport(
                file,
                record != null,
                found.info().database(),
                found.info().location(),
                null,
                rows,
                aside,
                List.of());
    }

    /** Returns the digest of what was copied. */
    private String copied() throws IOException {
        MessageDigest digest = CellList.sha256();
        Files.createFile(part);
        try (InputStream from = Files.newInputStream(file);
                OutputStream to = new DigestOutputStream(Files.newOutputStream(part), digest)) {
            from.transferTo(to);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void bringUpToDate() {
        try {
            OwnFile.make(part);
        } catch (SchemaException e) {
            throw new SchemaException(
                    String.valueOf(e.getMessage()).replace(part.toString(), file.toString()), e);
        }
    }

    private long rows() throws SQLException, IOException {
        long rows = 0;
        try (Connection sqlite = OwnFile.connect(part)) {
            for (String table : OwnPlanner.names()) {
                rows +=
                        Long.parseLong(
                                String.valueOf(
                                        OwnFile.first(
                                                sqlite,
                                                "select count(*) from " + Sql.quoted(table))));
            }
        }
        return rows;
    }

    /** The last connection took its log into the file; another would hold what is missing here. */
    private void settle() throws IOException {
        Path log = Durable.beside(part, "-wal");
        if (Files.exists(log) && Files.size(log) > 0) {
            throw new FileSystemException(log.toString(), null, "is still needed");
        }
        Durable.force(part);
    }

    /** A second name is given only where there is none, whoever makes the file meanwhile. */
    private void put() throws IOException {
        try {
            Files.createLink(place, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(part, place);
        }
        Durable.forceFolder(Durable.folder(place));
    }
}

package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts a new SQLite file in an old one's place, which keeps a name of its own. The old one is
 * locked meanwhile, so that nobody writes to what is no longer the database; one that is damaged
 * cannot be, and goes aside as it is.
 *
 * <p>Nothing here opens the old file past SQLite: closing it again would take the locks away.
 */
final class Replacement {

    private static final String ASIDE = ".before-restore-";
    private static final int WAIT_MILLIS = 1_000;
    private static final List<Integer> DAMAGED = List.of(11, 26);
    private static final List<Integer> LOCKED = List.of(5, 6);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path place;
    private final Path part;
    private final Instant now;

    Replacement(Path place, Path part, Instant now) {
        this.place = place;
        this.part = part;
        this.now = now;
    }

    /** Returns the old file's new name. */
    Path run() throws SQLException, IOException {
        removeSecondNames();
        PosixFileAttributeView old =
                Files.getFileAttributeView(place, PosixFileAttributeView.class);
        if (old != null) {
            Files.setPosixFilePermissions(part, old.readAttributes().permissions());
        }
        try (Connection sqlite = OwnFile.connect(place)) {
            if (!locked(sqlite)) {
                return setDamagedAside();
            }
            Path aside = setAside();
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            Durable.forceFolder(Durable.folder(place));
            return aside;
        }
    }

    /** Whatever stopped an earlier run between its two steps, the file has two names then. */
    private void removeSecondNames() throws IOException {
        String prefix = place.getFileName() + ASIDE;
        List<Path> found;
        try (Stream<Path> files = Files.list(Durable.folder(place))) {
            found = files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
        }
        for (Path file : found) {
            if (Files.isSameFile(file, place)) {
                Files.delete(file);
            }
        }
    }

    /**
     * Takes the log into the file and locks it.
     *
     * @return false when the file is damaged
     * @throws MigrationException when somebody has it open
     */
    private boolean locked(Connection sqlite) throws SQLException {
        try {
            OwnFile.execute(sqlite, "pragma busy_timeout = " + WAIT_MILLIS);
            if ("delete".equals(OwnFile.first(sqlite, "pragma journal_mode = delete"))) {
                OwnFile.execute(sqlite, "begin exclusive");
                return true;
            }
        } catch (SQLException e) {
            if (DAMAGED.contains(e.getErrorCode() & 0xff)) {
                return false;
            }
            if (!LOCKED.contains(e.getErrorCode() & 0xff)) {
                throw e;
            }
        }
        throw new MigrationException(
                ErrorCode.BUSY,
                place + " is in use, and was not touched. Stop the application that has it open.");
    }

    private Path name() {
        String stamp = place.getFileName() + ASIDE + STAMP.format(now);
        Path name = place.resolveSibling(stamp);
        for (int i = 1; Files.exists(name); i++) {
            name = place.resolveSibling(stamp + "-" + i);
        }
        return name;
    }

    /** Where the file system has no second names, there is no file for a moment. */
    private Path setAside() throws IOException {
        Path aside = name();
        try {
            Files.createLink(aside, place);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(place, aside);
        }
        Durable.forceFolder(Durable.folder(place));
        return aside;
    }

    /** Its log goes with it: beside the new file it would be taken for that one's. */
    private Path setDamagedAside() throws IOException {
        Path aside = name();
        Files.move(place, aside);
        for (String companion : Durable.COMPANIONS) {
            Path left = Durable.beside(place, companion);
            if (Files.exists(left)) {
                Files.move(left, Durable.beside(aside, companion));
            }
        }
        Files.move(part, place);
        Durable.forceFolder(Durable.folder(place));
        return aside;
    }
}

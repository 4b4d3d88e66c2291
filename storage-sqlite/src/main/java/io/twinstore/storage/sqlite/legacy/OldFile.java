package io.twinstore.storage.sqlite.legacy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a file that is upgraded: its own, the sibling's that is built, the backup's.
 *
 * <p>None of this closes the old file while it is locked: whoever closes a second descriptor of it
 * drops the lock that SQLite holds on it for this process.
 */
final class OldFile {

    private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path path;
    private @Nullable FileChannel copied;

    OldFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Returns where the new file is built. */
    Path sibling() {
        return path.resolveSibling(path.getFileName() + ".upgrading");
    }

    /** Returns what tells the file from another that comes to have its name; null if nothing. */
    @Nullable Object identity() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    Instant written() throws IOException {
        return Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Removes what an upgrade left that was stopped in the middle. */
    void clear() throws IOException {
        delete(sibling());
        String backups = path.getFileName() + ".legacy-";
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(
                        folder(), file -> file.getFileName().toString().startsWith(backups))) {
            for (Path backup : files) {
                // A second name of the very file: it was given, and then the rename did not come.
                if (Files.isSameFile(backup, path)) {
                    Files.delete(backup);
                }
            }
        }
    }

    /** Removes what SQLite may have left beside the old file, of which it needs nothing now. */
    void clearCompanions() throws IOException {
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(companion(path, companion));
        }
    }

    private static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(companion(file, companion));
        }
    }

    private static Path companion(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private Path folder() {
        Path folder = path.getParent();
        return folder == null ? Path.of("") : folder;
    }

    /**
     * Makes sure that the new file is one file, with the old one's permissions, and on the disk.
     */
    void settleSibling() throws IOException {
        for (String companion : List.of("-wal", "-journal")) {
            Path left = companion(sibling(), companion);
            if (Files.exists(left) && Files.size(left) > 0) {
                throw new FileSystemException(left.toString(), null, "is still needed");
            }
            Files.deleteIfExists(left);
        }
        Files.deleteIfExists(companion(sibling(), "-shm"));
        PosixFileAttributeView old = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (old != null) {
            Files.setPosixFilePermissions(sibling(), old.readAttributes().permissions());
        }
        force(sibling(), StandardOpenOption.WRITE);
    }

    /**
     * Gives the old file its second name, or copies it where the file system has no second names.
     *
     * @return the new name
     */
    Path backUp(String layout, Instant now) throws IOException {
        String name = path.getFileName() + ".legacy-" + layout + "-" + STAMP.format(now);
        Path backup = path.resolveSibling(name);
        for (int i = 2; Files.exists(backup); i++) {
            backup = path.resolveSibling(name + "-" + i);
        }
        try {
            Files.createLink(backup, path);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            copy(backup);
        }
        forceFolder();
        return backup;
    }

    /** Copies the file; it stays open until {@link #release}, so that no lock is dropped. */
    void copy(Path backup) throws IOException {
        FileChannel source = FileChannel.open(path, StandardOpenOption.READ);
        copied = source;
        try (FileChannel target =
                FileChannel.open(backup, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = source.size();
            for (long at = 0; at < size; ) {
                at += source.transferTo(at, size - at, target);
            }
            target.force(true);
        }
    }

    /** Closes what may be closed once SQLite holds no lock any more. */
    void release() throws IOException {
        if (copied != null) {
            copied.close();
        }
    }

    /** Puts the new file in the old one's place. */
    void swap() throws IOException {
        Files.move(sibling(), path, StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
    }

    private void forceFolder() throws IOException {
        // A folder can be opened on POSIX alone, and there it has to be.
        if (Files.getFileAttributeView(folder(), PosixFileAttributeView.class) != null) {
            force(folder(), StandardOpenOption.READ);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}

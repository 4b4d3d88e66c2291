package io.twinstore.storage.migrate;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Files that outlast a loss of power, and what SQLite keeps beside its own. */
final class Durable {

    static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

    private Durable() {}

    static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** Makes an empty file that only its owner may read, where the file system can say so. */
    static void makePrivate(Path file) throws IOException {
        FileAttribute<?>[] attributes =
                isPosix(folder(file))
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(file, attributes);
    }

    static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static boolean isPosix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }

    static void deleteWithCompanions(Path file) throws IOException {
        Files.deleteIfExists(file);
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(beside(file, companion));
        }
    }

    static void force(Path file) throws IOException {
        force(file, StandardOpenOption.WRITE);
    }

    /** A folder can be opened on POSIX alone, and there it has to be. */
    static void forceFolder(Path folder) throws IOException {
        if (isPosix(folder)) {
            force(folder, StandardOpenOption.READ);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}

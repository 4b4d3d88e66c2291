package io.twinstore.storage.migrate;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.twinstore.storage.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of the file and of what SQLite keeps beside it, made without a lock and without a
 * connection that would leave files behind.
 */
final class SourceCopy implements AutoCloseable {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> PARTS = List.of("", "-wal", "-journal");
    private static final String FOLDER = "twinstore-snapshot-";
    private static final int HEADER = 100;
    private static final int ATTEMPTS = 5;
    private static final int LARGEST_PAGE = 1 << 16;
    private static final int BUFFER = 1 << 20;

    private final Path folder;
    private final Map<String, String> digest = new HashMap<>();

    private SourceCopy(Path folder) {
        this.folder = folder;
    }

    /**
     * Copies a source of which nothing is known. It is read twice, and the copy is taken only when
     * both readings are the same: then no checkpoint fell between the file and its log.
     */
    static SourceCopy still(Path source, Path workFolder) throws IOException {
        return copied(
                source,
                workFolder,
                copy -> {
                    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                        copy.read(source);
                        if (copy.digest.equals(digest(source))) {
                            return;
                        }
                    }
                    throw new MigrationException(
                            ErrorCode.BUSY,
                            source
                                    + " is being written to, so that no two readings were alike."
                                    + " Stop the application that writes it, and try again.");
                });
    }

    /** Copies a source as it is read once: whether that is good, its digest must tell. */
    static SourceCopy once(Path source, Path workFolder) throws IOException {
        return copied(source, workFolder, copy -> copy.read(source));
    }

    /** Fills a copy. */
    private interface Filling {
        void fill(SourceCopy copy) throws IOException;
    }

    private static SourceCopy copied(Path source, Path workFolder, Filling filling)
            throws IOException {
        requireSqlite(source);
        removeAbandoned(workFolder);
        Path folder =
                Files.createTempDirectory(
                        Files.createDirectories(workFolder),
                        FOLDER + ProcessHandle.current().pid() + "-");
        SourceCopy copy = new SourceCopy(folder);
        try {
            filling.fill(copy);
            return copy;
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    Path file() {
        return folder.resolve("source.db");
    }

    /** Returns whether there was a log or a journal beside the source. */
    boolean hasLog() {
        return digest.size() > 1;
    }

    /** Returns the digest of the source's file as it was read, in hexadecimal. */
    String sha256() {
        return String.valueOf(digest.get(PARTS.get(0)));
    }

    private void read(Path source) throws IOException {
        digest.clear();
        for (String part : PARTS) {
            Path to = Path.of(file() + part);
            Files.deleteIfExists(to);
            Path from = Path.of(source + part);
            if (Files.exists(from)) {
                // The digest of what came, after it: in a second thread beside it takes longer.
                copy(from, to);
                digest.put(part, sha256(to));
            }
        }
    }

    /** By the system, but not with the permissions: the copy is written to. */
    private static void copy(Path from, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from);
                FileChannel out = FileChannel.open(to, CREATE_NEW, WRITE)) {
            long at = 0;
            for (long n = 1; n > 0; at += n) {
                n = in.transferTo(at, Long.MAX_VALUE - at, out);
            }
        }
    }

    private static Map<String, String> digest(Path source) throws IOException {
        Map<String, String> digest = new HashMap<>();
        for (String part : PARTS) {
            Path from = Path.of(source + part);
            if (Files.exists(from)) {
                digest.put(part, sha256(from));
            }
        }
        return digest;
    }

    /** Returns a file's digest, in hexadecimal. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = CellList.sha256();
        byte[] piece = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(piece); n > 0; n = in.read(piece)) {
                digest.update(piece, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void requireSqlite(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MigrationException(
                    ErrorCode.NOT_FOUND,
                    file + (Files.isDirectory(file) ? " is a folder." : " is not there."));
        }
        byte[] header;
        try (InputStream in = Files.newInputStream(file)) {
            header = in.readNBytes(HEADER);
        }
        if (header.length == 0) {
            throw refused(file + " is empty.");
        }
        if (header.length < MAGIC.length
                || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw refused(file + " is not a SQLite database, or it is encrypted.");
        }
        long expected = expectedLength(header);
        // With a log beside it, the log may hold the end.
        if (Files.size(file) < expected && !Files.exists(Path.of(file + "-wal"))) {
            throw refused(
                    file
                            + " is truncated: it should have "
                            + expected
                            + " bytes and has "
                            + Files.size(file)
                            + ".");
        }
    }

    /** The header's count of pages is good where it was written by the last change. */
    private static long expectedLength(byte[] header) {
        if (header.length < HEADER) {
            return HEADER;
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        long pageSize = Short.toUnsignedLong(fields.getShort(16));
        boolean counted = fields.getInt(24) == fields.getInt(92);
        return counted ? (pageSize == 1 ? LARGEST_PAGE : pageSize) * fields.getInt(28) : 0;
    }

    private static MigrationException refused(String message) {
        return new MigrationException(ErrorCode.SCHEMA, message + " Nothing was changed.");
    }

    /** Removes what processes that were killed left in the folder. */
    private static void removeAbandoned(Path workFolder) throws IOException {
        if (!Files.isDirectory(workFolder)) {
            return;
        }
        List<Path> found;
        try (Stream<Path> entries = Files.list(workFolder)) {
            found =
                    entries.filter(
                                    entry ->
                                            entry.getFileName()
                                                    .toString()
                                                    .matches(FOLDER + "\\d+-.*"))
                            .toList();
        }
        for (Path entry : found) {
            String pid = entry.getFileName().toString().substring(FOLDER.length()).split("-", 2)[0];
            if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                new SourceCopy(entry).close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}

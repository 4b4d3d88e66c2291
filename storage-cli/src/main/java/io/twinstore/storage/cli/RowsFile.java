package io.twinstore.storage.cli;

import io.twinstore.storage.migrate.QuarantinedRow;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** A new file of rows for 'fix', a row on a line; where the system can, only its owner reads it. */
final class RowsFile implements Closeable {

    private final BufferedWriter out;
    private boolean any;

    RowsFile(Path file, String move) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        boolean posix =
                folder != null
                        && Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null;
        if (posix) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        out.write("{\"format\": 1, \"move\": \"" + move + "\", \"rows\": [");
    }

    void add(QuarantinedRow row) {
        try {
            out.write((any ? ",\n" : "\n") + row.toJson().text());
            any = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void end() throws IOException {
        out.write("\n]}\n");
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

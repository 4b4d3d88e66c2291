package io.twinstore.storage.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a report for people. */
final class ReportFile {

    private ReportFile() {}

    /**
     * @throws RefusedException when the file cannot be written
     */
    static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new RefusedException(
                    file + " cannot be written: " + e.getClass().getSimpleName() + ".",
                    "What the command does is done. Name another file with --report.",
                    e);
        }
    }
}

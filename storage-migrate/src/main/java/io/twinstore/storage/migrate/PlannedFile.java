package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of the source as it was when the plan was made.
 *
 * @param file the file
 * @param sha256 the digest of its content, in hexadecimal; of a file with a write-ahead log, of
 *     what it is with the log
 * @param modifiedAt when it was last written; an upgrade takes it for times that are missing
 * @param upgradedFrom the layout of an earlier session program that it has, such as {@code v3},
 *     when its rows go to Twinstore's tables; null when they go as they are
 */
public record PlannedFile(
        Path file, String sha256, Instant modifiedAt, @Nullable String upgradedFrom) {

    /**
     * @throws InvalidValueException when the digest is none
     */
    public PlannedFile {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new InvalidValueException("plan.files.sha256", "64 hexadecimal digits", sha256);
        }
    }
}

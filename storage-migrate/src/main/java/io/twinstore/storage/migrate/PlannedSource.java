package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a plan was made of.
 *
 * @param files the files as they were, the first one first
 * @param workFolder where snapshots go
 * @param merged what became of the tables of all files but the first; empty for one file
 */
public record PlannedSource(List<PlannedFile> files, Path workFolder, List<MergedTable> merged) {

    /**
     * @throws InvalidValueException when there is no file
     */
    public PlannedSource {
        files = List.copyOf(files);
        merged = List.copyOf(merged);
        if (files.isEmpty()) {
            throw new InvalidValueException("plan.files", "at least one file", null);
        }
    }

    /** Returns the first file, after which things are named. */
    public Path first() {
        return files.get(0).file();
    }

    /** Returns the paths of all files, for a person. */
    public String names() {
        return files.stream().map(file -> file.file().toString()).collect(Collectors.joining(", "));
    }

    /** Returns the digests of all files, for a person. */
    public String digests() {
        return files.stream().map(PlannedFile::sha256).collect(Collectors.joining(", "));
    }

    /**
     * Returns the layout of the earlier session program whose file this is, when its rows go to
     * Twinstore's tables and can be written back in that layout; otherwise null.
     */
    public @Nullable String upgradedFrom() {
        return files.size() == 1 ? files.get(0).upgradedFrom() : null;
    }

    /** Returns whether a file goes by way of an upgrade. */
    boolean upgrades() {
        return files.stream().map(PlannedFile::upgradedFrom).anyMatch(Objects::nonNull);
    }
}

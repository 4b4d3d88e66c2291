package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes several copies one, in the first of them. The same files in the same order make the same
 * rows, whenever they are made.
 */
final class Merging {

    private final List<SnapshotFile> files;
    private final List<Untranslated> left = new ArrayList<>();

    Merging(List<SnapshotFile> files) {
        this.files = files;
    }

    /** Returns what of the later files the first one does not get, beside rows. */
    List<Untranslated> left() {
        return left;
    }

    /**
     * Merges.
     *
     * @throws MigrationException when files of Twinstore's own layout disagree, or there are others
     *     among them
     */
    List<MergedTable> run() throws SQLException, IOException {
        List<MergedTable> merged = new ArrayList<>();
        if (files.size() == 1) {
            return merged;
        }
        SnapshotFile first = files.get(0);
        requireAlike(first);
        requireEachOnce();
        if (first.own()) {
            forgetOldLayouts();
        }
        Set<String> taken = names();
        Set<MergeReference> declared = declared(first.own());
        try (Connection into = OwnFile.connect(first.copy())) {
            for (SnapshotFile file : files.subList(1, files.size())) {
                merged.addAll(new MergedFile(into, file, first.own(), taken, declared, left).run());
            }
        }
        if (first.own()) {
            requireAgreement(merged);
        }
        return merged;
    }

    /** Through links one file can have several names. */
    private void requireEachOnce() throws IOException {
        for (int i = 0; i < files.size(); i++) {
            for (SnapshotFile other : files.subList(i + 1, files.size())) {
                if (Files.isSameFile(name(files.get(i)), name(other))) {
                    throw new InvalidValueException(
                            "source.files", "with each file once", name(other).toString());
                }
            }
        }
    }

    /** Returns the folded names of all that the files have. */
    private Set<String> names() throws SQLException {
        Set<String> names = new HashSet<>();
        for (SnapshotFile file : files) {
            try (Connection copy = OwnFile.connect(file.copy())) {
                for (String name : OwnFile.all(copy, "select name from sqlite_master")) {
                    names.add(Sql.folded(name));
                }
            }
        }
        return names;
    }

    /** What one file declares holds for the rows of all. */
    private Set<MergeReference> declared(boolean own) throws SQLException {
        Set<MergeReference> declared = new LinkedHashSet<>();
        for (SnapshotFile file : files) {
            try (Connection copy = OwnFile.connect(file.copy())) {
                for (SourceTable table : new SourceCatalogue(copy).tables()) {
                    declared.addAll(MergeReference.of(table, own));
                }
            }
        }
        return declared;
    }

    /** What several files became can be written in none of their old layouts. */
    private void forgetOldLayouts() throws SQLException {
        for (SnapshotFile file : files) {
            try (Connection copy = OwnFile.connect(file.copy())) {
                OwnFile.execute(copy, "delete from residue where source_table = 'sqlite_schema'");
            }
        }
    }

    private void requireAlike(SnapshotFile first) {
        for (SnapshotFile file : files) {
            if (file.own() != first.own()) {
                throw new MigrationException(
                        ErrorCode.CONFLICT,
                        name(first.own() ? first : file)
                                + " holds sessions, and "
                                + name(first.own() ? file : first)
                                + " is a file of another application: they go to different tables,"
                                + " each by a plan of its own. Nothing was changed.");
            }
        }
    }

    private static Path name(SnapshotFile file) {
        return file.planned().file();
    }

    /** Twinstore's schema has no place for a second row of one key. */
    private static void requireAgreement(List<MergedTable> merged) {
        List<MergedTable> apart = merged.stream().filter(table -> table.apart() > 0).toList();
        if (!apart.isEmpty()) {
            throw new MigrationException(
                    ErrorCode.CONFLICT,
                    "These files hold different rows of the same keys: "
                            + apart.stream()
                                    .map(
                                            table ->
                                                    table.apart()
                                                            + " of "
                                                            + table.table()
                                                            + " in "
                                                            + table.file())
                                    .collect(Collectors.joining(", "))
                            + ". Which of them are right, only you can say: make them equal, or take"
                            + " them out of a copy of one file. Nothing was changed.");
        }
    }
}

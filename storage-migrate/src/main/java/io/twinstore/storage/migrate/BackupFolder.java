package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of backups, held by one process at a time, which the operating system lets go when the
 * process ends, however that be. So what is unfinished in it is nobody's any more.
 *
 * <p>The record gets its name before the backup does, and loses it after the backup has lost its: a
 * file with a backup's name always has its record.
 */
final class BackupFolder implements AutoCloseable {

    private static final String LOCK = ".twinstore-backups.lock";
    private static final String PART = ".part";
    private static final String RECORD = ".json";
    private static final Pattern NAME = Pattern.compile("twinstore-\\d{8}-\\d{6}(-\\d+)?\\.db");
    private static final Pattern UNFINISHED =
            Pattern.compile("(" + NAME.pattern() + ")(\\.json)?\\.part(-wal|-shm|-journal)?");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final HeldFile held;

    private BackupFolder(Path folder, HeldFile held) {
        this.folder = folder;
        this.held = held;
    }

    /**
     * Makes the folder where it is not there, takes it, and removes what was left unfinished.
     *
     * @throws MigrationException when another process or thread has it
     */
    static BackupFolder take(Path named) throws IOException {
        Path folder = named.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        HeldFile held =
                HeldFile.take(
                        folder.resolve(LOCK),
                        "Another backup is being written to " + folder + " at the moment.");
        try {
            BackupFolder taken = new BackupFolder(folder, held);
            taken.removeUnfinished();
            return taken;
        } catch (IOException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /** A record whose backup did not get its name belongs to nothing either. */
    private void removeUnfinished() throws IOException {
        for (Path file : files()) {
            Matcher unfinished = UNFINISHED.matcher(file.getFileName().toString());
            if (!unfinished.matches()) {
                continue;
            }
            Path backup = folder.resolve(unfinished.group(1));
            if (Files.notExists(backup)) {
                Files.deleteIfExists(record(backup));
            }
            Files.deleteIfExists(file);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the name of a backup of this moment that nothing has yet. */
    Path name(Instant moment) {
        String stamp = "twinstore-" + STAMP.format(moment);
        Path name = folder.resolve(stamp + ".db");
        for (int i = 1; Files.exists(name) || Files.exists(record(name)); i++) {
            name = folder.resolve(stamp + "-" + i + ".db");
        }
        return name;
    }

    static Path part(Path backup) {
        return Durable.beside(backup, PART);
    }

    static Path record(Path backup) {
        return Durable.beside(backup, RECORD);
    }

    /** Gives the finished part and its record their names. */
    void publish(BackupRecord made) throws IOException {
        Path record = record(made.file());
        Files.writeString(part(record), made.toJson().text() + "\n");
        Durable.force(part(record));
        Files.move(part(record), record);
        try {
            Files.move(part(made.file()), made.file());
        } catch (IOException e) {
            Files.deleteIfExists(record);
            throw e;
        }
        Durable.forceFolder(folder);
    }

    /** Removes the backups of a database that are of before a moment, but never its newest. */
    List<Path> expire(BackupRecord of, Instant before) throws IOException {
        List<BackupRecord> found = new ArrayList<>();
        for (Path file : files()) {
            if (NAME.matcher(file.getFileName().toString()).matches()) {
                ours(file).filter(of::isOfTheSame).ifPresent(found::add);
            }
        }
        Instant newest =
                found.stream()
                        .map(BackupRecord::takenAt)
                        .max(Instant::compareTo)
                        .orElse(Instant.MIN);
        List<Path> removed = new ArrayList<>();
        for (BackupRecord record : found) {
            Instant takenAt = record.takenAt();
            if (takenAt.isBefore(before) && takenAt.isBefore(newest)) {
                remove(record.file());
                removed.add(record.file());
            }
        }
        return removed;
    }

    private void remove(Path backup) throws IOException {
        Files.move(backup, part(backup));
        Files.deleteIfExists(record(backup));
        Files.deleteIfExists(part(backup));
        Durable.forceFolder(folder);
    }

    /** Whatever has no record that names it and its length is somebody else's. */
    private static Optional<BackupRecord> ours(Path file) throws IOException {
        try {
            return read(file).filter(record -> record.bytes() == file.toFile().length());
        } catch (InvalidValueException noRecord) {
            return Optional.empty();
        }
    }

    /**
     * Reads the record of a backup.
     *
     * @return nothing where there is none
     * @throws InvalidValueException when what is there is no record, or that of another file
     */
    static Optional<BackupRecord> read(Path backup) throws IOException {
        Path file = record(backup);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        // What is no UTF-8 by now is none of the digests that it is compared with either.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return Optional.of(BackupRecord.of(backup, Json.of(text)));
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}

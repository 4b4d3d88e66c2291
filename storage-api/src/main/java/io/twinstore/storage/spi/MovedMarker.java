package io.twinstore.storage.spi;

import io.twinstore.storage.Json;
import io.twinstore.storage.WrongDatabaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file beside a SQLite file that says where that was moved to, so that nobody goes on with it by
 * accident. The SQLite file itself stays as it is.
 *
 * @param to the database that has the rows now, for a person; without user and password
 * @param at when it was moved
 */
public record MovedMarker(String to, Instant at) {

    private static final String SUFFIX = ".moved.json";

    /** Returns where the marker of a SQLite file stands. */
    public static Path beside(Path file) {
        return Path.of(file.toAbsolutePath().normalize() + SUFFIX);
    }

    /**
     * Returns the marker of a SQLite file; empty when there is none. One that cannot be read counts
     * as a marker that does not say where to.
     */
    public static Optional<MovedMarker> of(Path file) {
        Path marker = beside(file);
        if (!Files.exists(marker)) {
            return Optional.empty();
        }
        try {
            Object fields = Json.of(Files.readString(marker)).toJava();
            if (fields instanceof Map<?, ?> map
                    && map.get("movedTo") instanceof String to
                    && map.get("at") instanceof String at) {
                return Optional.of(new MovedMarker(to, Instant.parse(at)));
            }
        } catch (IOException | RuntimeException e) {
            // Whoever damaged it, the file was moved.
        }
        return Optional.of(new MovedMarker("another database", Instant.EPOCH));
    }

    /**
     * Looks whether a SQLite file was moved.
     *
     * @throws WrongDatabaseException when it was, naming the database that has the rows
     */
    public static void requireNone(Path file) {
        Optional<MovedMarker> marker = of(file);
        if (marker.isPresent()) {
            throw new WrongDatabaseException(
                    file
                            + " was moved to "
                            + marker.get().to()
                            + ". Open that one (DB_TYPE), or, to open the file as it was left, set"
                            + " STORAGE_ALLOW_STALE=true; once it is the right one again, remove "
                            + beside(file)
                            + ".");
        }
    }

    /**
     * Writes the marker; one that is there is replaced, as a whole.
     *
     * @throws IOException when the folder cannot be written to
     */
    public void write(Path file) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("movedTo", to);
        fields.put("at", at.toString());
        Path marker = beside(file);
        Path part = Path.of(marker + ".part");
        Files.write(part, (Json.from(fields).text() + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(part, marker, StandardCopyOption.ATOMIC_MOVE);
    }
}

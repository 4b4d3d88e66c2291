package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidOptionsException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.StorageOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The database that the environment names; every command says which it is. */
final class Database {

    /** How the library says that a database has nothing of ours. */
    private static final String NO_SCHEMA = "The database has no schema";

    /** How it says that there is an older schema; a newer one is said otherwise. */
    private static final String OLDER = "this version needs";

    private Database() {}

    /**
     * Opens it, and makes it or brings it up to date where that is needed.
     *
     * @throws InvalidOptionsException also when a value is out of bounds: it came from the
     *     environment
     */
    static Storage make(Terminal terminal) {
        try {
            return Storage.open(options(terminal, SchemaMode.MIGRATE));
        } catch (InvalidValueException e) {
            throw outOfBounds(e);
        }
    }

    /**
     * Opens it as it is, and makes nothing.
     *
     * @throws SchemaException when there is no database yet, or one of another version
     * @throws InvalidOptionsException as {@link #make} does
     */
    static Storage find(Terminal terminal) {
        try {
            StorageOptions options = options(terminal, SchemaMode.VALIDATE);
            if (options.databaseType().equals(StorageOptions.SQLITE)) {
                requireFile(options.sqlite().absolutePath(), terminal);
            }
            return Storage.open(options);
        } catch (InvalidValueException e) {
            throw outOfBounds(e);
        } catch (SchemaException e) {
            throw withAdvice(e, terminal);
        }
    }

    private static StorageOptions options(Terminal terminal, SchemaMode mode) {
        return StorageOptions.fromEnvironment(terminal.environment()).toBuilder()
                .schemaMode(mode)
                .build();
    }

    private static InvalidOptionsException outOfBounds(InvalidValueException e) {
        return new InvalidOptionsException(List.of(String.valueOf(e.getMessage())));
    }

    /** An empty file is what SQLite leaves when it was stopped before its first write. */
    private static void requireFile(Path path, Terminal terminal) {
        boolean empty = Files.isRegularFile(path) && path.toFile().length() == 0;
        if (empty || Files.notExists(path)) {
            throw missing("at " + path, terminal, null);
        }
    }

    private static SchemaException withAdvice(SchemaException e, Terminal terminal) {
        String message = String.valueOf(e.getMessage());
        int none = message.indexOf(": " + NO_SCHEMA);
        if (none >= 0) {
            String place = message.substring(0, none);
            return missing(
                    (place.startsWith("Schema") ? "in s" + place.substring(1) : "at " + place),
                    terminal,
                    e);
        }
        return message.contains(OLDER)
                ? new SchemaException(
                        message + "\n'" + terminal.command() + " demo' brings it up to date.", e)
                : e;
    }

    private static SchemaException missing(
            String place, Terminal terminal, @Nullable Throwable cause) {
        return new SchemaException(
                "There is no database yet "
                        + place
                        + "; "
                        + terminal.command()
                        + " demo makes one.",
                cause);
    }

    /** Says on standard error, where it is in nobody's way, what goes on in which database. */
    static void say(Terminal terminal, String what, StorageInfo info) {
        String line =
                what
                        + " in "
                        + info.location()
                        + (info.created() ? " (made just now)" : " (found)");
        terminal.err().println(terminal.style().dim("storage: " + Printable.line(line)));
    }

    /** Returns the fields with which every JSON answer starts. */
    static Map<String, @Nullable Object> fields(StorageInfo info) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("database", info.database());
        fields.put("location", info.location());
        fields.put("created", info.created());
        return fields;
    }
}

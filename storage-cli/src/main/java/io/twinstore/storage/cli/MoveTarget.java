package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.Secret;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.migrate.MigrationPlan;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a move goes to: what was typed, or what the environment says of PostgreSQL. */
final class MoveTarget {

    /** As much as a document may have. */
    private static final long LARGEST = 100_000_000;

    private MoveTarget() {}

    /**
     * Returns how to connect. A team plans while its application still runs on SQLite, so DB_TYPE
     * decides nothing here.
     */
    static PostgresOptions options(Terminal terminal, @Nullable String url) {
        Map<String, String> environment = new HashMap<>(terminal.environment());
        environment.remove("TWINSTORE_DB_TYPE");
        environment.put("DB_TYPE", StorageOptions.POSTGRESQL);
        if (url == null) {
            return StorageOptions.fromEnvironment(environment).postgres();
        }
        PostgresOptions given = StorageOptions.postgres(url).postgres();
        String schema = named(environment, "POSTGRES_SCHEMA");
        PostgresOptions target =
                schema.isBlank() ? given : given.toBuilder().schema(schema.strip()).build();
        // What is typed can be read by others of the machine, so the password need not be in it.
        return target.password().isPresent()
                ? target
                : target.toBuilder()
                        .password(Secret.of(named(environment, "POSTGRES_PASSWORD")))
                        .build();
    }

    private static String named(Map<String, String> environment, String name) {
        return environment.getOrDefault("TWINSTORE_" + name, environment.getOrDefault(name, ""));
    }

    /**
     * Reads the plan.
     *
     * @throws RefusedException when the file cannot be read
     * @throws InvalidValueException when it holds no plan, or one for another database
     */
    static MigrationPlan plan(Terminal terminal, Path file, @Nullable String url) {
        PostgresOptions connection = options(terminal, url);
        return MigrationPlan.of(json(file, "Name the file that 'storage plan' wrote."), connection);
    }

    /**
     * Reads a document.
     *
     * @param hint what to do where that cannot be done
     */
    static Json json(Path file, String hint) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new RefusedException(
                        file + " is larger than " + LARGEST / 1_000_000 + " MB.", hint, null);
            }
            return Json.of(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw unreadable(file, "is no text in UTF-8", hint, e);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "is not there", hint, e);
        } catch (IOException e) {
            throw unreadable(file, "cannot be read", hint, e);
        }
    }

    private static RefusedException unreadable(
            Path file, String what, String hint, IOException cause) {
        return new RefusedException(file + " " + what + ".", hint, cause);
    }
}

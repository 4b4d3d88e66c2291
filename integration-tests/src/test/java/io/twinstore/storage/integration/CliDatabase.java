package io.twinstore.storage.integration;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database of its own for a test of the command, and the environment that names it. */
final class CliDatabase implements AutoCloseable {

    /** Which database. */
    enum Kind {
        SQLITE,
        POSTGRESQL
    }

    private final Map<String, String> environment;
    private final @Nullable TestDatabase server;

    private CliDatabase(Map<String, String> environment, @Nullable TestDatabase server) {
        this.environment = Map.copyOf(environment);
        this.server = server;
    }

    /**
     * Returns a new, empty database.
     *
     * @param folder where a database that is a file goes
     */
    static CliDatabase of(Kind kind, Path folder) {
        return switch (kind) {
            case SQLITE ->
                    new CliDatabase(
                            Map.of("SQLITE_DB_PATH", folder.resolve("cli.db").toString()), null);
            case POSTGRESQL -> postgres(TestPostgres.get().newDatabase());
        };
    }

    private static CliDatabase postgres(TestDatabase database) {
        PostgresOptions options = database.options().postgres();
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_TYPE", "postgresql");
        environment.put("POSTGRES_HOST", options.host());
        environment.put("POSTGRES_PORT", Integer.toString(options.port()));
        environment.put("POSTGRES_DB", options.database());
        environment.put("POSTGRES_USER", options.user());
        environment.put("POSTGRES_PASSWORD", options.password().reveal());
        return new CliDatabase(environment, database);
    }

    /** Returns the variables that name it. */
    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}

package io.twinstore.storage.integration;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.Secret;
import io.twinstore.storage.StorageOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Where a PostgreSQL server for tests comes from, in the order in which they are tried.
 *
 * @param origin what to tell the person who runs the tests
 * @param admin how to connect to it, as a role that may create databases
 * @param lasting whether it outlives the run, so that what was made on it must be removed
 */
record PostgresServer(String origin, PostgresOptions admin, boolean lasting) {

    /**
     * The variable that names a server of one's own by its JDBC URL, user and password included.
     */
    private static final String VARIABLE = "TWINSTORE_TEST_POSTGRES";

    private static final String IMAGE = "postgres:18";

    /** Starts or finds a server; it ends with this process, unless it was there before. */
    static PostgresServer start() {
        String url = System.getenv(VARIABLE);
        if (url != null && !url.isBlank()) {
            return new PostgresServer(VARIABLE, StorageOptions.postgres(url).postgres(), true);
        }
        return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
    }

    // The container's reaper and the embedded server's shutdown hook end them with this process.
    @SuppressWarnings("resource")
    private static PostgresServer container() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
        container.withCommand("postgres", "-c", "max_connections=200", "-c", "fsync=off").start();
        PostgresOptions admin =
                PostgresOptions.builder()
                        .host(container.getHost())
                        .port(container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT))
                        .database(container.getDatabaseName())
                        .user(container.getUsername())
                        .password(Secret.of(container.getPassword()))
                        .build();
        return new PostgresServer("Docker, " + IMAGE, admin, false);
    }

    @SuppressWarnings("resource")
    private static PostgresServer embedded() {
        EmbeddedPostgres server =
                unchecked(
                        () ->
                                EmbeddedPostgres.builder()
                                        .setServerConfig("max_connections", "200")
                                        .setServerConfig("fsync", "off")
                                        .start());
        PostgresOptions admin =
                PostgresOptions.builder()
                        .port(server.getPort())
                        .database("postgres")
                        .user("postgres")
                        .build();
        return new PostgresServer("embedded, zonky", admin, false);
    }

    private interface Start<T> {
        T get() throws IOException;
    }

    private static <T> T unchecked(Start<T> start) {
        try {
            return start.get();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "No Docker, and the embedded PostgreSQL does not start; name a server in "
                            + VARIABLE
                            + ".",
                    e);
        }
    }
}

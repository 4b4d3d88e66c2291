package io.twinstore.storage.schema;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/** One server per run: the one that {@code TWINSTORE_TEST_POSTGRES} names, or an embedded one. */
final class TestPostgres {

    private static final String SERVER = server();

    private TestPostgres() {}

    private static String server() {
        String given = System.getenv("TWINSTORE_TEST_POSTGRES");
        if (given != null && !given.isBlank()) {
            return given;
        }
        try {
            // Ends with this JVM.
            return EmbeddedPostgres.builder()
                    .setOutputRedirector(Redirect.DISCARD)
                    .setErrorRedirector(Redirect.DISCARD)
                    .setServerConfig("fsync", "off")
                    .start()
                    .getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an empty database and returns its JDBC URL. */
    static String freshDatabase() throws SQLException {
        String name = "schema_" + UUID.randomUUID().toString().replace('-', '_');
        run("create database " + name);
        return SERVER.replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
    }

    /** Drops what {@link #freshDatabase} made, whoever is still connected. */
    static void drop(String url) throws SQLException {
        run("drop database " + url.replaceFirst(".*//[^/]+/([^?]*).*", "$1") + " with (force)");
    }

    static void run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(SERVER);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.StorageOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An {@link AppendingProcess} that a test started. */
record AppendingChild(String name, Process process, Path errorFile) {

    /** Starts the process; it opens the database when it is told to go. */
    static AppendingChild start(String name, Path folder, StorageOptions options)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        name,
                        folder.resolve(name + ".db").toString());
        builder.environment().putAll(environment(options));
        Path errorFile = folder.resolve(name + ".err");
        builder.redirectError(errorFile.toFile());
        return new AppendingChild(name, builder.start(), errorFile);
    }

    /** Returns the variables that name the database. */
    static Map<String, String> environment(StorageOptions options) {
        if (options.databaseType().equals(StorageOptions.SQLITE)) {
            return Map.of(
                    "DB_TYPE", "sqlite", "SQLITE_DB_PATH", options.sqlite().path().toString());
        }
        PostgresOptions postgres = options.postgres();
        return Map.of(
                "DB_TYPE", "postgresql",
                "POSTGRES_HOST", postgres.host(),
                "POSTGRES_PORT", String.valueOf(postgres.port()),
                "POSTGRES_DB", postgres.database(),
                "POSTGRES_USER", postgres.user(),
                "POSTGRES_PASSWORD", postgres.password().reveal());
    }

    void awaitReady() throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        assertThat(String.valueOf(reader.readLine()))
                .describedAs(() -> name + " " + errors())
                .isEqualTo("ready");
    }

    void go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    void awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).describedAs(name).isTrue();
        assertThat(process.exitValue()).describedAs(() -> name + " " + errors()).isZero();
    }

    void kill() {
        process.destroyForcibly();
    }

    private String errors() {
        try {
            return Files.readString(errorFile);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

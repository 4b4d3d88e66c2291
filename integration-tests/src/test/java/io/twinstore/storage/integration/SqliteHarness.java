package io.twinstore.storage.integration;

import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** SQLite for the contract: a file in a temporary folder of its own each time. */
// region harness
final class SqliteHarness implements StorageHarness {

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public TestDatabase newDatabase() {
        try {
            return new Database(Files.createTempDirectory("twinstore-test-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Database(Path folder) implements TestDatabase {

        private Path file() {
            return folder.resolve("test.db");
        }

        @Override
        public StorageOptions options() {
            return StorageOptions.sqlite(file());
        }

        @Override
        public Connection connection() throws SQLException {
            return DriverManager.getConnection(
                    "jdbc:sqlite:" + file() + "?foreign_keys=on&busy_timeout=10000");
        }

        @Override
        public void close() {
            try (Stream<Path> all = Files.walk(folder)) {
                List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
// endregion

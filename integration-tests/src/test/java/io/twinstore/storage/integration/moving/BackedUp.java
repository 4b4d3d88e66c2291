package io.twinstore.storage.integration.moving;

import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database that backups are made of or restored into; there is nothing in it yet.
 *
 * @param options how to reach it
 * @param postgres what is dropped at the end
 */
record BackedUp(StorageOptions options, @Nullable TestDatabase postgres) implements AutoCloseable {

    /** What a restore changes by rule, see {@code docs/backup.md}. */
    static final List<String> RENEWED = List.of("session_heads", "session_leases");

    enum Kind {
        SQLITE,
        POSTGRESQL
    }

    static BackedUp of(Kind kind, Path file) {
        if (kind == Kind.SQLITE) {
            return new BackedUp(StorageOptions.sqlite(file), null);
        }
        TestDatabase database = TestPostgres.get().newDatabase();
        return new BackedUp(database.options(), database);
    }

    void execute(String sql) throws SQLException {
        if (postgres == null) {
            SqliteCells.run(options.sqlite().path(), sql);
            return;
        }
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the names of what is in a folder, in order. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void close() {
        if (postgres != null) {
            postgres.close();
        }
    }
}

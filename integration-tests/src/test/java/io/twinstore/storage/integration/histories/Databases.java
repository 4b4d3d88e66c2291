package io.twinstore.storage.integration.histories;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.SslMode;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.testkit.FaultyProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How processes find a database, and when it is quiet. */
final class Databases {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Databases() {}

    /** Tells whoever started the run. */
    static void say(String line) {
        System.out.println(line);
    }

    /** Returns the database that a run works on: that of the server, or a file in the folder. */
    static StorageOptions options(
            HistoryOptions run, Path folder, @Nullable KillableServer server) {
        if (server != null) {
            return StorageOptions.builder().postgres(server.options()).build();
        }
        return run.url() == null
                ? StorageOptions.sqlite(folder.resolve("history.db"))
                : StorageOptions.postgres(run.url());
    }

    /** Returns the environment in which a process opens this database. */
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

    /** Returns the options, with the proxy in place of the server. */
    static StorageOptions through(FaultyProxy proxy, StorageOptions options) {
        return options.toBuilder()
                .postgres(
                        options.postgres().toBuilder()
                                .host(proxy.host())
                                .port(proxy.port())
                                .sslMode(SslMode.DISABLE)
                                .build())
                .build();
    }

    /** Opens a storage whose database may be away for a while. */
    static Storage open(StorageOptions options) {
        return whenThere(() -> Storage.open(options));
    }

    /** Opens a tail on a database that may be away for a while. */
    static RecordedTail tail(Supplier<RecordedTail> opening) {
        return whenThere(opening);
    }

    private static <T> T whenThere(Supplier<T> opening) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return opening.get();
            } catch (StorageUnavailableException | StorageBusyException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    /**
     * Waits until the server carries out no statement of anybody else: one whose client lost its
     * connection may still be under way, and have its effect later.
     */
    static void awaitQuiet(Storage storage) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (storage.withConnection(Databases::active) > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The server has statements that do not end.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static int active(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                """
                                select count(*) from pg_stat_activity
                                 where datname = current_database() and pid <> pg_backend_pid()
                                   and backend_type = 'client backend' and state <> 'idle'
                                """)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}

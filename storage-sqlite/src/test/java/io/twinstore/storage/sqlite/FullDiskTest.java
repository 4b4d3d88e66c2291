package io.twinstore.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PoolOptions;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.jdbi.AppendRequest;
import io.twinstore.storage.jdbi.ContractTypes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that cannot grow fails as one on a full disk does: SQLite rolls back by itself, and the
 * driver leaves the statement unusable. The appends after it must not suffer.
 */
class FullDiskTest {

    private static final List<AppendRequest.Line> MESSAGE =
            List.of(
                    new AppendRequest.Line(
                            "user", NewMessage.user("x".repeat(20_000)).body().text()));
    private static final Instant NOW = Instant.parse("2026-11-20T09:30:12.345678Z");

    @Test
    void isSaidPlainlyAndForgottenWhenThereIsRoom(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("full.db");
        SessionId id = session(file);
        SqliteErrors errors = new SqliteErrors(file.toString());
        Connection writer = SqliteConnections.writer(file, PoolOptions.defaults());
        HikariDataSource pool = SqliteConnections.readers(file, PoolOptions.defaults());
        SqliteTransactions transactions =
                new SqliteTransactions(
                        ContractTypes.prepared(Jdbi.create(pool), new SqliteTypes()),
                        pool,
                        writer,
                        () -> SqliteConnections.writer(file, PoolOptions.defaults()),
                        errors,
                        Duration.ofSeconds(5));
        SqliteAppends appends = new SqliteAppends(transactions, errors, Duration.ofSeconds(5));

        // SQLite takes a limit below the present size for that size.
        limitPages(writer, 1);
        assertThatThrownBy(() -> appends.alone(request(id, null), told -> {}))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("is full; nothing was written");

        limitPages(writer, 1_000_000);
        assertThat(appends.alone(request(id, null), told -> {})).hasValue(0);
        assertThat(appends.alone(request(id, 1L), told -> {})).hasValue(1);
        transactions.close();
    }

    private static AppendRequest request(SessionId id, @Nullable Long expected) {
        return new AppendRequest(id, MESSAGE, expected, null, NOW);
    }

    private static SessionId session(Path file) {
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            return storage.sessions()
                    .create(NewSession.on(storage.configs().create(NewConfig.named("bot")).id()))
                    .id();
        }
    }

    private static void limitPages(Connection connection, int pages) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma max_page_count = " + pages);
        }
    }
}

package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.StorageUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A SQLite file that cannot grow answers as one on a full disk does, and takes appends again when
 * there is room.
 */
class FullDiskTest {

    private static final NewMessage MESSAGE = NewMessage.user("x".repeat(20_000));

    @Test
    void isSaidPlainlyAndGoesOnWhenThereIsRoom(@TempDir Path folder) throws SQLException {
        try (Storage storage = Storage.open(StorageOptions.sqlite(folder.resolve("full.db")))) {
            NewConfig config = NewConfig.named("bot");
            SessionId id =
                    storage.sessions()
                            .create(NewSession.on(storage.configs().create(config).id()))
                            .id();
            limitPages(storage, 1);

            long kept = appendUntilRefused(storage, id);
            refused(
                    () ->
                            storage.sessions()
                                    .append(id, List.of(MESSAGE), AppendOptions.once("key")));
            refused(() -> storage.configs().create(config.yaml("a: " + "x".repeat(100_000))));
            assertThat(storage.sessions().get(id).lastSequence()).isEqualTo(kept);

            limitPages(storage, 1_000_000);
            assertThat(storage.sessions().append(id, MESSAGE).lastSequence()).isEqualTo(kept + 1);
            assertThat(
                            storage.sessions()
                                    .append(id, List.of(MESSAGE), AppendOptions.once("key"))
                                    .replayed())
                    .isFalse();
        }
    }

    private static long appendUntilRefused(Storage storage, SessionId id) {
        for (long kept = 0; kept < 1_000; kept++) {
            Throwable fault = catchThrowable(() -> storage.sessions().append(id, MESSAGE));
            if (fault != null) {
                assertThat(fault)
                        .isInstanceOf(StorageUnavailableException.class)
                        .hasMessageContaining("full");
                return kept;
            }
        }
        throw new AssertionError("The file grew without bound.");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThat(catchThrowable(call))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("full; nothing was written");
    }

    /** SQLite rounds a limit below the present size up to that size. */
    private static void limitPages(Storage storage, int pages) throws SQLException {
        storage.<Boolean, SQLException>withConnection(
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute("pragma max_page_count = " + pages);
                    }
                });
    }
}

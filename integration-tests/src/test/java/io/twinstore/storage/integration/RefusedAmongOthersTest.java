package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.Config;
import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The database itself refuses some messages, so that whole batches fail: a unique index stands for
 * whatever a host may have added to the table. The error reaches those whose messages they are.
 */
class RefusedAmongOthersTest {

    private static final int THREADS = 8;
    private static final int EACH = 100;

    @Test
    void onlyTheOwnerIsToldInSqlite() throws Exception {
        run(new SqliteHarness());
    }

    @Test
    void onlyTheOwnerIsToldInPostgres() throws Exception {
        run(new PostgresHarness());
    }

    private static void run(StorageHarness harness) throws Exception {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options())) {
            Config config = storage.configs().create(NewConfig.named("busy"));
            SessionId id = storage.sessions().create(NewSession.on(config.id())).id();
            refuseRepeatedRoles(storage);
            append(storage, id, "taken");

            appendFromAll(storage, id);

            assertThat(storage.sessions().transcript(id).messages())
                    .hasSize(1 + (THREADS - 2) * EACH)
                    .extracting(Message::role)
                    .doesNotHaveDuplicates();
        }
    }

    private static void refuseRepeatedRoles(Storage storage) throws SQLException {
        storage.<Boolean, SQLException>withConnection(
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute(
                                "create unique index host_roles on session_messages (session_id, role)");
                    }
                });
    }

    private static void appendFromAll(Storage storage, SessionId id) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                work.add(() -> thread < 2 ? refused(storage, id) : done(storage, id, thread));
            }
            for (Future<Boolean> one : threads.invokeAll(work, 120, TimeUnit.SECONDS)) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean refused(Storage storage, SessionId id) {
        for (int i = 0; i < EACH; i++) {
            assertThatThrownBy(() -> append(storage, id, "taken"))
                    .isExactlyInstanceOf(StorageException.class)
                    .extracting(e -> ((StorageException) e).code())
                    .isEqualTo(ErrorCode.INTERNAL);
        }
        return true;
    }

    private static boolean done(Storage storage, SessionId id, int thread) {
        for (int i = 0; i < EACH; i++) {
            append(storage, id, thread + "-" + i);
        }
        return true;
    }

    private static void append(Storage storage, SessionId id, String role) {
        storage.sessions().append(id, NewMessage.of("{\"role\":\"" + role + "\"}"));
    }
}

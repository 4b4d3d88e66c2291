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
import java.util.function.IntPredicate;
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

    /** In SQLite, where a time is text, other SQL may leave one that nobody can read. */
    @Test
    void onlyTheSessionWhoseTimeIsUnreadableIsTold() throws Exception {
        try (TestDatabase database = new SqliteHarness().newDatabase();
                Storage storage = Storage.open(database.options())) {
            Config config = storage.configs().create(NewConfig.named("busy"));
            SessionId spoilt = storage.sessions().create(NewSession.on(config.id())).id();
            SessionId id = storage.sessions().create(NewSession.on(config.id())).id();
            storage.<Boolean, SQLException>withConnection(
                    connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.execute(
                                    "update sessions set last_activity_at = '2026-02-05 12:34:56+00:00'"
                                            + " where session_id = '"
                                            + spoilt.value()
                                            + "'");
                        }
                    });

            run(thread -> thread < 2 ? refused(storage, spoilt) : done(storage, id, thread));

            assertThat(storage.sessions().transcript(id).messages()).hasSize((THREADS - 2) * EACH);
            assertThat(storage.sessions().transcript(spoilt).messages()).isEmpty();
        }
    }

    private static void run(StorageHarness harness) throws Exception {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options())) {
            Config config = storage.configs().create(NewConfig.named("busy"));
            SessionId id = storage.sessions().create(NewSession.on(config.id())).id();
            refuseRepeatedRoles(storage);
            append(storage, id, "taken");

            run(thread -> thread < 2 ? refused(storage, id) : done(storage, id, thread));

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

    private static void run(IntPredicate each) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                work.add(() -> each.test(thread));
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

package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.Config;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Isolation;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.Storage;
import io.twinstore.storage.TransactionException;
import io.twinstore.storage.TransactionOptions;
import io.twinstore.storage.UserId;
import io.twinstore.storage.testkit.SettableClock;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the host sets around the stores, isolation and the state of a lent connection, breaks no
 * promise.
 */
class SurroundingsTest {

    private static final UserId ANN = UserId.of("ann");
    private static final UserId BEN = UserId.of("ben");

    static Stream<StorageHarness> harnesses() {
        return Stream.of(new SqliteHarness(), new PostgresHarness());
    }

    private static Session session(Storage storage) {
        Config config = storage.configs().create(NewConfig.named("bot"));
        return storage.sessions().create(NewSession.on(config.id()).owner(ANN));
    }

    /** In PostgreSQL alone: in SQLite nobody else writes while a transaction runs. */
    @Test
    void lastOwnerStaysInAnOlderSnapshot() throws Exception {
        try (TestDatabase database = new PostgresHarness().newDatabase();
                Storage storage = Storage.open(database.options())) {
            SessionId id = session(storage).id();
            storage.sessions().addParticipant(id, BEN, ParticipantRole.OWNER);
            AtomicInteger attempts = new AtomicInteger();

            assertThatThrownBy(
                            () ->
                                    storage.transaction(
                                            TransactionOptions.standard()
                                                    .isolation(Isolation.REPEATABLE_READ),
                                            tx -> {
                                                tx.sessions().get(id);
                                                if (attempts.incrementAndGet() == 1) {
                                                    removeMeanwhile(storage, id, BEN);
                                                }
                                                return tx.sessions().removeParticipant(id, ANN);
                                            }))
                    .isInstanceOf(ConflictException.class);
            assertThat(attempts).hasValue(2);
            assertThat(storage.sessions().roleOf(id, ANN)).contains(ParticipantRole.OWNER);
        }
    }

    private static void removeMeanwhile(Storage storage, SessionId id, UserId user) {
        CompletableFuture.runAsync(() -> storage.sessions().removeParticipant(id, user)).join();
    }

    /** What was renewed since the snapshot must not look expired. */
    @Test
    void leaseIsNotTakenFromAnOlderSnapshot() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-20T09:30:00Z"));
        try (TestDatabase database = new PostgresHarness().newDatabase();
                Storage storage =
                        Storage.open(database.options().toBuilder().clock(clock).build())) {
            SessionId id = session(storage).id();
            SessionLease lease = storage.sessions().acquire(id, "one", Duration.ofMinutes(1));
            clock.move(Duration.ofMinutes(2));
            AtomicInteger attempts = new AtomicInteger();

            assertThatThrownBy(
                            () ->
                                    storage.transaction(
                                            TransactionOptions.standard()
                                                    .isolation(Isolation.REPEATABLE_READ),
                                            tx -> {
                                                tx.sessions().leaseOf(id);
                                                if (attempts.incrementAndGet() == 1) {
                                                    renewMeanwhile(storage, lease);
                                                }
                                                return tx.sessions()
                                                        .acquire(
                                                                id, "other", Duration.ofMinutes(1));
                                            }))
                    .isInstanceOf(ConflictException.class);
            assertThat(attempts).hasValue(2);
            assertThat(storage.sessions().leaseOf(id).orElseThrow().token())
                    .isEqualTo(lease.token());
        }
    }

    private static void renewMeanwhile(Storage storage, SessionLease lease) {
        CompletableFuture.runAsync(() -> storage.sessions().renew(lease, Duration.ofMinutes(1)))
                .join();
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void configIsNotDeletedFromAnOlderSnapshot(StorageHarness harness) throws Exception {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options())) {
            Session session = session(storage);
            assertThatThrownBy(
                            () ->
                                    storage.transaction(
                                            TransactionOptions.standard()
                                                    .isolation(Isolation.SERIALIZABLE),
                                            tx -> tx.configs().delete(session.configId())))
                    .isInstanceOf(TransactionException.class);
            assertThat(storage.configs().find(session.configId())).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void whatALentConnectionLeavesOpenIsRolledBack(StorageHarness harness) throws Exception {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options())) {
            SessionId id = session(storage).id();
            storage.<Boolean, SQLException>withConnection(
                    connection ->
                            execute(connection, "begin", "update sessions set status = 'failed'"));

            assertThat(storage.sessions().append(id, NewMessage.user("kept")).lastSequence())
                    .isEqualTo(1);
            try (Storage again = Storage.open(database.options())) {
                assertThat(again.sessions().get(id).lastSequence()).isEqualTo(1);
                assertThat(again.sessions().get(id).status().text()).isEqualTo("active");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void lentConnectionEndsWithTheCall(StorageHarness harness) throws Exception {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options())) {
            Connection kept =
                    storage.<Connection, SQLException>withConnection(connection -> connection);
            assertThat(kept.isClosed()).isTrue();
            assertThatThrownBy(kept::createStatement).isInstanceOf(SQLException.class);
        }
    }

    private static boolean execute(Connection connection, String... statements)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return true;
    }
}

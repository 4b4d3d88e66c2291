package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.twinstore.storage.AccessDeniedException;
import io.twinstore.storage.AppId;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Json;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.SslMode;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Stores;
import io.twinstore.storage.UserId;
import io.twinstore.storage.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What limited stores ask of the server, and what they wait for there. */
class AccessInPostgresTest {

    private static final UserId ADA = UserId.of("ada");
    private static final UserId STRANGER = UserId.of("stranger");
    private static final SessionId UNKNOWN = SessionId.of("unknown");
    private static final List<NewMessage> MESSAGES = List.of(NewMessage.user("Hello"));

    private TestDatabase database;

    @BeforeEach
    void make() {
        database = new PostgresHarness().newDatabase();
    }

    @AfterEach
    void remove() {
        database.close();
    }

    private static SessionId session(Storage storage) {
        ConfigId config = storage.configs().create(NewConfig.named("bot")).id();
        SessionStore sessions = storage.sessions();
        SessionId id =
                sessions.create(NewSession.on(config).owner(UserId.of("grace")).app(AppId.of("a")))
                        .id();
        sessions.append(id, MESSAGES, AppendOptions.once("key"));
        sessions.addParticipant(id, ADA, ParticipantRole.EDITOR);
        return id;
    }

    private static SessionLease lease(SessionId id) {
        return new SessionLease(id, "worker", 1, Instant.EPOCH);
    }

    /** Every call that names a session. */
    private static List<BiConsumer<SessionStore, SessionId>> calls() {
        Duration ttl = Duration.ofMinutes(1);
        return List.of(
                SessionStore::find,
                SessionStore::get,
                SessionStore::exists,
                SessionStore::participants,
                SessionStore::transcript,
                SessionStore::leaseOf,
                SessionStore::delete,
                SessionStore::restore,
                SessionStore::purge,
                (s, id) -> s.messages(id, MessageRange.all(), PageRequest.first()),
                (s, id) -> s.lastMessages(id, 5),
                (s, id) -> s.window(id, 5),
                (s, id) -> s.streamTranscript(id, message -> {}),
                (s, id) -> s.roleOf(id, ADA),
                (s, id) -> s.tail(id, 0).close(),
                (s, id) -> s.append(id, MESSAGES.get(0)),
                (s, id) -> s.append(id, MESSAGES, AppendOptions.once("key").withFence(7)),
                (s, id) -> s.replaceTranscript(id, MESSAGES, AppendOptions.plain()),
                (s, id) -> s.touch(id, AppId.of("b")),
                (s, id) -> s.update(id, SessionUpdate.nothing()),
                (s, id) -> s.acquire(id, "worker", ttl),
                (s, id) -> s.renew(lease(id), ttl),
                (s, id) -> s.release(lease(id)),
                (s, id) -> s.addParticipant(id, STRANGER, ParticipantRole.OWNER),
                (s, id) -> s.removeParticipant(id, STRANGER),
                (s, id) -> s.updateRole(id, STRANGER, ParticipantRole.OWNER),
                (s, id) -> s.updatePermissions(id, STRANGER, Json.emptyObject()));
    }

    /** The look-up, and nothing that locks or reads, whether the session is there or not. */
    @Test
    void strangersAskTheSameOfTheServerWhateverIsThere() {
        StorageOptions options = database.options();
        try (WireTap tap = new WireTap(options.postgres().host(), options.postgres().port());
                Storage storage = Storage.open(through(tap, options))) {
            SessionId id = session(storage);
            for (SessionStore store :
                    List.of(
                            storage.sessions().asUser(STRANGER),
                            storage.sessions().asApplication(AppId.of("b")),
                            storage.sessions().asUser(STRANGER).asApplication(AppId.of("b")))) {
                for (BiConsumer<SessionStore, SessionId> call : calls()) {
                    assertThat(asked(tap, store, id, call))
                            .isEqualTo(asked(tap, store, UNKNOWN, call))
                            .isNotEmpty()
                            .allMatch(sql -> sql.startsWith("select"));
                }
            }
            assertThat(storage.sessions().get(id).lastSequence()).isEqualTo(1);
        }
    }

    private static List<String> asked(
            WireTap tap,
            SessionStore store,
            SessionId id,
            BiConsumer<SessionStore, SessionId> call) {
        tap.take();
        Throwable refusal = catchThrowable(() -> call.accept(store, id));
        assertThat(refusal instanceof AccessDeniedException).isFalse();
        // What is indexed meanwhile, in the background, is nobody's call.
        return tap.take().statements().stream()
                .filter(sql -> sql.contains("session_id") && !sql.contains("search_"))
                .toList();
    }

    private static StorageOptions through(WireTap tap, StorageOptions options) {
        return options.toBuilder()
                .property("postgres.notices", "off")
                .postgres(
                        options.postgres().toBuilder()
                                .host("127.0.0.1")
                                .port(tap.port())
                                .sslMode(SslMode.DISABLE)
                                .build())
                .build();
    }

    /** Somebody else's transaction holds the head all the while. */
    @Test
    void strangersWaitForNoLock() throws SQLException {
        try (Storage storage = Storage.open(database.options());
                Connection connection = database.connection()) {
            SessionId id = session(storage);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select * from twinstore.session_heads for update");
            }
            SessionStore store = storage.sessions().asUser(STRANGER);
            for (BiConsumer<SessionStore, SessionId> call : calls()) {
                assertThat(catchThrowable(() -> call.accept(store, id)))
                        .satisfiesAnyOf(
                                refusal -> assertThat(refusal).isNull(),
                                refusal ->
                                        assertThat(refusal)
                                                .hasMessageContaining("session with id"));
            }
            connection.rollback();
        }
    }

    @Test
    void whoWaitedWhileRemovedIsRefused() {
        assertThatThrownBy(() -> appendBehind((tx, id) -> tx.sessions().removeParticipant(id, ADA)))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotFoundException.class);
    }

    @Test
    void whoWaitedWhileDemotedIsRefused() {
        assertThatThrownBy(
                        () ->
                                appendBehind(
                                        (tx, id) ->
                                                tx.sessions()
                                                        .updateRole(
                                                                id, ADA, ParticipantRole.VIEWER)))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(AccessDeniedException.class);
    }

    @Test
    void whoWaitedForSomethingElseAppends() {
        appendBehind((tx, id) -> tx.sessions().touch(id, AppId.of("a")));
    }

    /**
     * Has an editor append while a transaction that did this holds the head, and waits for both.
     */
    private void appendBehind(BiConsumer<Stores, SessionId> change) {
        try (Storage storage = Storage.open(database.options());
                Storage other = Storage.open(database.options())) {
            SessionId id = session(storage);
            SessionStore editor = storage.sessions().asUser(ADA);
            CompletableFuture<?> append =
                    other.transaction(
                            tx -> {
                                change.accept(tx, id);
                                CompletableFuture<?> waiting =
                                        CompletableFuture.runAsync(
                                                () -> editor.append(id, MESSAGES.get(0)));
                                await().atMost(Duration.ofMinutes(1))
                                        .until(() -> waiting.isDone() || waitsForLock());
                                assertThat(waiting).isNotDone();
                                return waiting;
                            });
            append.join();
        }
    }

    private boolean waitsForLock() throws SQLException {
        try (Connection connection = database.connection()) {
            return !SchemaFacts.lines(
                            connection,
                            "select pid from pg_stat_activity where datname = current_database()"
                                    + " and wait_event_type = 'Lock'")
                    .isEmpty();
        }
    }
}

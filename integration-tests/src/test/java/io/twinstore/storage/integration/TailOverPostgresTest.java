package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.UserId;
import io.twinstore.storage.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Tails over PostgreSQL when connections break, notices are lost, and other programs listen. */
class TailOverPostgresTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final String TAILING = "tailing";

    private TestDatabase database;
    private Storage writing;
    private Connection admin;
    private SessionId id;

    @BeforeEach
    void open() throws SQLException {
        database = TestPostgres.get().newDatabase();
        writing = Storage.open(database.options());
        admin = database.connection();
        id =
                writing.sessions()
                        .create(
                                NewSession.on(writing.configs().create(NewConfig.named("bot")).id())
                                        .owner(UserId.of("ada")))
                        .id();
    }

    @AfterEach
    void close() throws SQLException {
        admin.close();
        writing.close();
        database.close();
    }

    private Storage tailing(Duration heartbeat) {
        PostgresOptions postgres =
                database.options().postgres().toBuilder().applicationName(TAILING).build();
        return Storage.open(
                StorageOptions.builder().postgres(postgres).tailHeartbeat(heartbeat).build());
    }

    private String ask(String sql) throws SQLException {
        try (Statement statement = admin.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    private String kill(String condition) throws SQLException {
        return ask(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = '"
                        + TAILING
                        + "' and "
                        + condition);
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            writing.sessions().append(id, NewMessage.of("1"));
        }
    }

    private static long message(Tail tail) throws InterruptedException {
        Optional<TailEvent> event = tail.next(PATIENCE);
        assertThat(event).as("the next event").isPresent();
        Message message = ((TailEvent.MessageAppended) event.get()).message();
        return message.sequence();
    }

    @Test
    void aListeningConnectionThatIsKilledIsMadeAgain() throws Exception {
        try (Storage storage = tailing(NEVER);
                Tail tail = storage.sessions().tail(id, 0)) {
            for (int round = 1; round <= 3; round++) {
                await().until(() -> !kill("query like 'listen%'").equals("0"));
                append(1);
                assertThat(message(tail)).isEqualTo(round);
            }
        }
    }

    @Test
    void nothingIsLostWhileAllConnectionsAreKilled() throws Exception {
        int messages = 600;
        try (Storage storage = tailing(Duration.ofMillis(200));
                Tail tail = storage.sessions().tailAll(UserId.of("ada"))) {
            CompletableFuture<Void> appending = CompletableFuture.runAsync(() -> append(messages));
            List<Long> seen = new ArrayList<>();
            while (seen.size() < messages) {
                seen.add(message(tail));
                if (seen.size() % 100 == 50) {
                    kill("true");
                }
            }
            appending.join();
            assertThat(seen).isEqualTo(LongStream.rangeClosed(1, messages).boxed().toList());
            assertThat(tail.next(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void aTailSaysWhatTroubleThereIsAndGoesOn() throws Exception {
        try (Storage storage = tailing(Duration.ofMillis(100));
                Tail tail = storage.sessions().tail(id, 0)) {
            append(1);
            assertThat(message(tail)).isEqualTo(1);
            allowConnections(false);
            kill("true");
            await().until(
                            () -> {
                                assertThat(tail.next(Duration.ofMillis(50))).isEmpty();
                                return tail.trouble().isPresent();
                            });
            assertThat(tail.trouble()).get().isInstanceOf(StorageUnavailableException.class);
            allowConnections(true);
            append(1);
            assertThat(message(tail)).isEqualTo(2);
            await().until(() -> tail.trouble().isEmpty());
        }
    }

    private void allowConnections(boolean allowed) throws SQLException {
        StorageOptions elsewhere =
                StorageOptions.builder()
                        .postgres(
                                database.options().postgres().toBuilder()
                                        .database("postgres")
                                        .build())
                        .schemaMode(SchemaMode.NONE)
                        .build();
        String sql =
                "alter database "
                        + database.options().postgres().database()
                        + " allow_connections "
                        + allowed;
        // It is refused to those who are connected to the database itself.
        try (Storage storage = Storage.open(elsewhere)) {
            storage.<Boolean, SQLException>withConnection(
                    connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.execute(sql);
                        }
                    });
        }
    }

    @Test
    void aHostsPoolGetsItsConnectionBack() throws Exception {
        PostgresOptions postgres = database.options().postgres();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:postgresql://"
                        + postgres.host()
                        + ":"
                        + postgres.port()
                        + "/"
                        + postgres.database());
        config.setUsername(postgres.user());
        config.setPassword(postgres.password().reveal());
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            try (Storage storage = Storage.open(StorageOptions.postgres(pool));
                    Tail tail = storage.sessions().tail(id, 0)) {
                append(1);
                assertThat(message(tail)).isEqualTo(1);
                await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 1);
            }
            await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
            for (int i = 0; i < 4; i++) {
                try (Connection connection = pool.getConnection()) {
                    assertThat(connection.isValid(5)).isTrue();
                }
            }
        }
    }

    @Test
    void aLostNoticeOnlyDelays() throws Exception {
        try (Storage storage = tailing(Duration.ofMillis(100));
                Tail tail = storage.sessions().tail(id, 0)) {
            assertThat(tail.next(Duration.ZERO)).isEmpty();
            try (Statement statement = admin.createStatement()) {
                statement.execute(
                        "with head as (update twinstore.session_heads set last_seq = 1, message_count = 1"
                                + " returning session_id) insert into twinstore.session_messages"
                                + " select session_id, 1, null, '1', now() from head");
            }
            assertThat(message(tail)).isEqualTo(1);
        }
    }

    @Test
    void withoutTailsNobodyListens() throws SQLException {
        try (Storage storage = tailing(Duration.ofMillis(10))) {
            storage.sessions().append(id, NewMessage.of("1"));
            storage.sessions().transcript(id);
            assertThat(
                            ask(
                                    "select count(*) from pg_stat_activity where query like 'listen%'"
                                            + " and datname = current_database()"))
                    .isEqualTo("0");
        }
    }

    @Test
    void otherProgramsCanListen() throws Exception {
        try (Connection other = database.connection();
                Statement statement = other.createStatement()) {
            statement.execute("listen session_updates");
            append(2);
            writing.sessions().delete(id);

            List<Json> payloads = new ArrayList<>();
            await().until(
                            () -> {
                                payloads.addAll(received(other));
                                return payloads.stream().anyMatch(p -> is(p, "session_deleted"));
                            });

            Json last =
                    payloads.stream()
                            .filter(p -> is(p, "message_appended"))
                            .reduce((one, next) -> next)
                            .orElseThrow();
            assertThat(last.at("/session_id").map(Json::toJava)).contains(id.value());
            assertThat(last.at("/last_sequence").map(Json::text)).contains("2");
            assertThat(last.at("/user_id").map(Json::text)).contains("null");
            assertThat(last.at("/schema").map(Json::toJava)).contains("twinstore");
        }
    }

    private static boolean is(Json payload, String action) {
        return payload.at("/action").map(Json::toJava).equals(Optional.of(action));
    }

    private static List<Json> received(Connection connection) throws SQLException {
        PGNotification[] all = connection.unwrap(PGConnection.class).getNotifications(100);
        List<Json> payloads = new ArrayList<>();
        for (PGNotification one : all == null ? new PGNotification[0] : all) {
            assertThat(one.getName()).isEqualTo("session_updates");
            payloads.add(Json.of(one.getParameter()));
        }
        return payloads;
    }

    @Test
    void aRolledBackHostTransactionTellsNobody() throws Exception {
        try (Storage storage = tailing(NEVER);
                Tail tail = storage.sessions().tail(id, 0);
                Connection host = database.connection()) {
            host.setAutoCommit(false);
            writing.on(host).sessions().append(id, NewMessage.of("1"));
            host.rollback();
            assertThat(tail.next(Duration.ZERO)).isEmpty();
            writing.on(host).sessions().append(id, NewMessage.of("1"));
            host.commit();
            assertThat(message(tail)).isEqualTo(1);
        }
    }
}

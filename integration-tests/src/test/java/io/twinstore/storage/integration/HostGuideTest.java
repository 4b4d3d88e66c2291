package io.twinstore.storage.integration;

import static io.twinstore.storage.AppendOptions.once;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.PoolOptions;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/hosts.md shows and says, on both databases. */
class HostGuideTest {

    private static final ConfigId BOT = ConfigId.of("support-bot");

    @SuppressWarnings("NullAway.Init") // each test opens what it is given
    private TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private Storage storage;

    static Stream<StorageHarness> harnesses() {
        return Stream.of(new SqliteHarness(), new PostgresHarness());
    }

    private void open(StorageHarness harness) {
        database = harness.newDatabase();
        storage =
                Storage.open(
                        database.options().toBuilder()
                                .pool(
                                        PoolOptions.defaults()
                                                .withConnectionTimeout(Duration.ofSeconds(2)))
                                .build());
    }

    @AfterEach
    void close() {
        storage.close();
        database.close();
    }

    private SessionId newSession() {
        storage.configs().create(NewConfig.named("support bot").id(BOT));
        return storage.sessions().create(NewSession.on(BOT)).id();
    }

    private List<String> transcript(SessionId session) {
        return storage.sessions().lastMessages(session, 50).stream()
                .map(message -> String.valueOf(message.body().at("/content").orElse(null)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void aTransactionOutlivesARefusalThatIsCaught(StorageHarness harness) {
        open(harness);
        newSession();
        // region transaction
        Session session =
                storage.transaction(
                        tx -> {
                            try {
                                tx.configs().create(NewConfig.named("support bot").id(BOT));
                            } catch (AlreadyExistsException e) {
                                // Somebody was first. Nothing is lost, the transaction goes on.
                            }
                            Session created = tx.sessions().create(NewSession.on(BOT));
                            tx.sessions().append(created.id(), NewMessage.user("Hello"));
                            return created;
                        });
        // endregion
        assertThat(transcript(session.id())).containsExactly("\"Hello\"");
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void theHostsTransactionHoldsItsRowsAndOurs(StorageHarness harness) throws SQLException {
        open(harness);
        SessionId session = newSession();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders (id integer)");
        }
        placeOrder(jdbcUrl(), session);
        assertThat(transcript(session)).containsExactly("\"Order 7, please\"");
        try (Storage again = Storage.open(database.options())) {
            assertThat(again.sessions().exists(session)).isTrue();
        }
    }

    private void placeOrder(String url, SessionId session) throws SQLException {
        // region connection
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            try (Statement sql = connection.createStatement()) {
                sql.executeUpdate("insert into orders (id) values (7)");
            }
            storage.on(connection).sessions().append(session, NewMessage.user("Order 7, please"));
            connection.commit(); // both or, without it, neither
        }
        // endregion
    }

    /** The URL that the guide gives for SQLite; for PostgreSQL any. */
    private String jdbcUrl() {
        StorageOptions options = database.options();
        if (options.databaseType().equals(StorageOptions.SQLITE)) {
            return "jdbc:sqlite:" + options.sqlite().path() + "?foreign_keys=on";
        }
        PostgresOptions to = options.postgres();
        return "jdbc:postgresql://%s/%s?user=%s&password=%s"
                .formatted(to.address(), to.database(), to.user(), to.password().reveal());
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void anAppendIsRepeatedUntilItsOutcomeIsKnown(StorageHarness harness) {
        open(harness);
        SessionId session = newSession();
        Appended appended =
                appendOnce(
                        failingTwice(storage.sessions()),
                        session,
                        List.of(NewMessage.user("Hello")),
                        "request-17");
        assertThat(appended.replayed()).isTrue();
        assertThat(transcript(session)).containsExactly("\"Hello\"");
    }

    // region retry
    /** Appends once, also when the reply is lost; the key is made once per message, not per try. */
    static Appended appendOnce(
            SessionStore sessions, SessionId session, List<NewMessage> messages, String key) {
        for (int attempt = 1; ; attempt++) {
            try {
                return sessions.append(session, messages, once(key));
            } catch (OutcomeUnknownException | StorageBusyException e) {
                if (attempt == 3) {
                    throw e;
                }
            }
        }
    }

    // endregion

    /** Writes nothing at first, then appends and loses the reply. */
    private static SessionStore failingTwice(SessionStore sessions) {
        AtomicInteger calls = new AtomicInteger();
        return (SessionStore)
                Proxy.newProxyInstance(
                        HostGuideTest.class.getClassLoader(),
                        new Class<?>[] {SessionStore.class},
                        (proxy, method, args) -> {
                            int call = calls.incrementAndGet();
                            if (call == 1) {
                                throw new StorageBusyException("busy");
                            }
                            try {
                                Object result = method.invoke(sessions, args);
                                if (call == 2) {
                                    throw new OutcomeUnknownException(null);
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void aKeyBelongsToOneSession(StorageHarness harness) {
        open(harness);
        SessionId first = newSession();
        SessionId second = storage.sessions().create(NewSession.on(BOT)).id();
        AppendOptions key = once("request-17");
        storage.sessions().append(first, List.of(NewMessage.user("one")), key);
        assertThat(
                        storage.sessions()
                                .append(second, List.of(NewMessage.user("two")), key)
                                .replayed())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    @SuppressWarnings("NullAway") // what a host without null checks can do
    void nullIsAFaultOfTheProgram(StorageHarness harness) {
        open(harness);
        SessionId session = newSession();
        List<NewMessage> messages = List.of(NewMessage.user("Hello"));
        List.<Runnable>of(
                        () -> storage.sessions().get(null),
                        () -> storage.sessions().create(null),
                        () -> storage.sessions().append(null, messages, AppendOptions.plain()),
                        () -> storage.sessions().append(session, null, AppendOptions.plain()),
                        () -> storage.configs().create(null),
                        () -> storage.on(null),
                        () -> storage.transaction(null))
                .forEach(
                        call ->
                                assertThatThrownBy(call::run)
                                        .isInstanceOf(NullPointerException.class));
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void theHostsOwnSqlFailsWithTheDriversException(StorageHarness harness) {
        open(harness);
        assertThatThrownBy(
                        () ->
                                storage.withConnection(
                                        connection ->
                                                connection.createStatement().execute("no sql")))
                .isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void onlyAConnectionWithAutocommitOffIsTaken(StorageHarness harness) throws SQLException {
        open(harness);
        try (Connection connection = database.connection()) {
            assertThatThrownBy(() -> storage.on(connection))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("connection.autoCommit");
        }
    }

    @Test
    void aWriteWaitsForTheHostsOwnTransactionInSqlite() throws SQLException {
        open(new SqliteHarness());
        SessionId session = newSession();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            assertThatThrownBy(
                            () -> storage.sessions().append(session, NewMessage.user("too early")))
                    .isInstanceOf(StorageBusyException.class);
            assertThat(transcript(session)).isEmpty();
        }
    }
}

package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.testkit.FaultyProxy;
import io.twinstore.storage.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tails that meet with what nobody foresaw, and with a database that does not answer. */
class TailFaultsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofHours(1);

    private final Map<String, Throwable> faults = new ConcurrentHashMap<>();
    private TestDatabase database;
    private Storage writing;
    private HikariDataSource pool;
    private SessionId id;

    @BeforeEach
    void open() {
        database = TestPostgres.get().newDatabase();
        writing = Storage.open(database.options());
        var config = writing.configs().create(NewConfig.named("bot"));
        id = writing.sessions().create(NewSession.on(config.id())).id();
        PostgresOptions postgres = database.options().postgres();
        HikariConfig hikari = new HikariConfig();
        hikari.setJdbcUrl(
                "jdbc:postgresql://%s:%d/%s"
                        .formatted(postgres.host(), postgres.port(), postgres.database()));
        hikari.setUsername(postgres.user());
        hikari.setPassword(postgres.password().reveal());
        pool = new HikariDataSource(hikari);
    }

    @AfterEach
    void close() {
        pool.close();
        writing.close();
        database.close();
    }

    /** A host's pool that throws what is planned for a thread, once. */
    private DataSource faulty() {
        return (DataSource)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (proxy, method, args) -> {
                            Throwable fault = faults.remove(Thread.currentThread().getName());
                            if (fault != null) {
                                throw fault;
                            }
                            try {
                                return method.invoke(pool, args);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private Storage tailing() {
        return Storage.open(
                StorageOptions.postgres(faulty()).toBuilder().tailHeartbeat(NEVER).build());
    }

    private void plan(String thread, Throwable fault) {
        faults.put(thread, fault);
    }

    private void awaitThrown(String thread) {
        await().atMost(PATIENCE).until(() -> !faults.containsKey(thread));
    }

    private static long message(Tail tail) throws InterruptedException {
        Optional<TailEvent> event = tail.next(PATIENCE);
        assertThat(event).as("the next event").isPresent();
        return ((TailEvent.MessageAppended) event.get()).message().sequence();
    }

    /** Has another storage wake the tail for the first message, after which the tail listens. */
    private void wakeByNotice(Tail tail) throws InterruptedException {
        assertThat(tail.next(Duration.ZERO)).isEmpty();
        writing.sessions().append(id, NewMessage.of("1"));
        assertThat(message(tail)).isEqualTo(1);
    }

    @Test
    void theWatchGoesOnAfterAFault() throws Exception {
        plan("twinstore-tail-watch", new IllegalStateException("no tenant on this thread"));
        try (Storage storage = tailing();
                Tail tail = storage.sessions().tail(id, 0)) {
            awaitThrown("twinstore-tail-watch");
            assertThat(tail.next(Duration.ZERO)).isEmpty();

            writing.sessions().append(id, NewMessage.of("1"));

            assertThat(message(tail)).isEqualTo(1);
        }
    }

    @Test
    void theHeartbeatGoesOnAfterAFault() throws Exception {
        plan("twinstore-tail-heartbeat", new AssertionError("not foreseen"));
        StorageOptions options =
                StorageOptions.postgres(faulty()).toBuilder()
                        .tailHeartbeat(Duration.ofMillis(100))
                        .build();
        StorageOptions silent =
                database.options().toBuilder().property("postgres.notices", "off").build();
        try (Storage storage = Storage.open(options);
                Storage quiet = Storage.open(silent);
                Tail tail = storage.sessions().tail(id, 0)) {
            awaitThrown("twinstore-tail-heartbeat");
            wakeByNotice(tail);

            quiet.sessions().append(id, NewMessage.of("2"));

            assertThat(message(tail)).isEqualTo(2);
        }
    }

    @Test
    void theSenderGoesOnAfterAFault() throws Exception {
        plan("twinstore-notices", new IllegalStateException("no tenant on this thread"));
        StorageOptions options = database.options().toBuilder().tailHeartbeat(NEVER).build();
        try (Storage sending = tailing();
                Storage storage = Storage.open(options);
                Tail tail = storage.sessions().tail(id, 0)) {
            wakeByNotice(tail);
            sending.sessions().append(id, NewMessage.of("2"));
            awaitThrown("twinstore-notices");

            sending.sessions().append(id, NewMessage.of("3"));

            assertThat(message(tail)).isEqualTo(2);
            assertThat(message(tail)).isEqualTo(3);
        }
    }

    @Test
    void aRoundThatFailsIsToldAndLosesNothing() throws Exception {
        try (Storage storage = tailing();
                Tail tail = storage.sessions().tail(id, 0)) {
            assertThat(tail.next(Duration.ZERO)).isEmpty();
            AssertionError fault = new AssertionError("not foreseen");
            plan("twinstore-tail-reader", fault);

            writing.sessions().append(id, NewMessage.of("1"));

            assertThatThrownBy(() -> tail.next(PATIENCE)).isSameAs(fault);
            assertThat(message(tail)).isEqualTo(1);
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerHoldsNobody() throws Exception {
        StorageOptions options = database.options();
        try (FaultyProxy proxy =
                        new FaultyProxy(options.postgres().host(), options.postgres().port());
                Storage storage =
                        Storage.open(
                                options.toBuilder()
                                        .postgres(
                                                options.postgres().toBuilder()
                                                        .host(proxy.host())
                                                        .port(proxy.port())
                                                        .build())
                                        .build());
                Tail tail = storage.sessions().tail(id, 0);
                Tail another = storage.sessions().tail(id, 0)) {
            assertThat(tail.next(Duration.ZERO)).isEmpty();
            proxy.stall();
            long start = System.nanoTime();

            assertThat(tail.next(Duration.ZERO)).as("an event").isEmpty();

            // It looks, and waits for up to a second for that.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
            closeWhileItWaits(another);
            proxy.resume();
            writing.sessions().append(id, NewMessage.of("1"));
            assertThat(message(tail)).isEqualTo(1);
        }
    }

    private static void closeWhileItWaits(Tail tail) throws Exception {
        AtomicReference<Thread> waiting = new AtomicReference<>();
        CompletableFuture<Object> told =
                CompletableFuture.supplyAsync(
                        () -> {
                            waiting.set(Thread.currentThread());
                            try {
                                return tail.next(PATIENCE);
                            } catch (StorageClosedException | InterruptedException e) {
                                return e;
                            }
                        });
        await().atMost(PATIENCE)
                .until(
                        () ->
                                waiting.get() != null
                                        && waiting.get().getState() == Thread.State.TIMED_WAITING);
        tail.close();
        assertThat(told.get(5, TimeUnit.SECONDS)).isInstanceOf(StorageClosedException.class);
    }
}

package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SslMode;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an append costs the PostgreSQL server. */
class AppendInServerTest {

    /** The pool looks after a connection that was not used for half a second. */
    private static final Duration UNASKED = Duration.ofMillis(250);

    private TestDatabase database;
    private int measured;

    @BeforeEach
    void make() {
        database = new PostgresHarness().newDatabase();
    }

    @AfterEach
    void remove() {
        database.close();
    }

    private static SessionId session(Storage storage) {
        Config config = storage.configs().create(NewConfig.named("append"));
        return storage.sessions().create(NewSession.on(config.id())).id();
    }

    @Test
    void appendWithoutKeyIsOneStatementAndOneRoundTrip() {
        StorageOptions options = database.options();
        try (WireTap tap = new WireTap(options.postgres().host(), options.postgres().port());
                Storage storage = Storage.open(through(tap, options))) {
            SessionId id = session(storage);
            List<NewMessage> three =
                    List.of(NewMessage.user("1"), NewMessage.user("2"), NewMessage.user("3"));
            // Often enough for the driver to change over to a statement that the server keeps.
            for (int i = 0; i < 20; i++) {
                oneStatement(tap, () -> storage.sessions().append(id, NewMessage.user("hi")));
                oneStatement(
                        tap, () -> storage.sessions().append(id, three, AppendOptions.plain()));
                long last = storage.sessions().get(id).lastSequence();
                oneStatement(
                        tap,
                        () ->
                                storage.sessions()
                                        .append(id, three, AppendOptions.expectSequence(last)));
            }
            assertThat(storage.sessions().transcript(id).messages()).hasSize(20 * 7);
            assertThat(measured).isGreaterThan(30);
        }
    }

    /**
     * Through the tap, and without notices: they are sent by another thread, on any connection, and
     * no append waits for them.
     */
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

    private void oneStatement(WireTap tap, Runnable append) {
        tap.take();
        long start = System.nanoTime();
        append.run();
        WireTap.Asked asked = tap.take();
        if (System.nanoTime() - start < UNASKED.toNanos()) {
            measured++;
            assertThat(asked.statements())
                    .singleElement()
                    .asString()
                    .contains("update session_heads");
            assertThat(asked.roundTrips()).isEqualTo(1);
        }
    }

    /** A keyed append decides in one transaction; the tap sees what it takes. */
    @Test
    void appendWithKeyLocksTheHeadFirst() {
        StorageOptions options = database.options();
        try (WireTap tap = new WireTap(options.postgres().host(), options.postgres().port());
                Storage storage = Storage.open(through(tap, options))) {
            SessionId id = session(storage);
            tap.take();
            storage.sessions()
                    .append(id, List.of(NewMessage.user("hi")), AppendOptions.once("key"));
            assertThat(tap.take().statements())
                    .filteredOn(sql -> sql.contains("session_"))
                    .satisfiesExactly(
                            lock -> assertThat(lock).contains("for update"),
                            look -> assertThat(look).contains("from session_appends"),
                            append -> assertThat(append).contains("insert into session_messages"),
                            note -> assertThat(note).contains("insert into session_appends"));
        }
    }

    @Test
    void headUpdatesTouchNoIndex() throws SQLException {
        try (Storage storage = Storage.open(database.options())) {
            SessionId id = session(storage);
            for (int i = 0; i < 500; i++) {
                storage.sessions().append(id, NewMessage.user("message " + i));
            }
        }
        // A server process reports its counts by the time it ends.
        try (Connection connection = database.connection()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> count(connection, "n_tup_upd") >= 500);
            assertThat(count(connection, "n_tup_hot_upd"))
                    .isGreaterThan(count(connection, "n_tup_upd") * 9 / 10);
        }
    }

    private static long count(Connection connection, String column) throws SQLException {
        String sql =
                "select %s from pg_stat_user_tables where schemaname = 'twinstore' and relname ="
                        + " 'session_heads'";
        return Long.parseLong(SchemaFacts.lines(connection, sql.formatted(column)).get(0));
    }
}

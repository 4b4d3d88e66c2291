package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.StorageMetrics;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** What a host's meters are told. */
final class MetricsClauses {

    /** Keeps what it is told. */
    private static final class Kept implements StorageMetrics {

        private final Queue<String> told = new ConcurrentLinkedQueue<>();
        private final Queue<Supplier<StorageInfo.Pool>> pools = new ConcurrentLinkedQueue<>();

        @Override
        public void operation(String operation, String outcome, long nanos) {
            told.add(operation + " " + outcome + (nanos < 0 ? " before it began" : ""));
        }

        @Override
        public void opened(Supplier<StorageInfo.Pool> pool) {
            pools.add(pool);
        }
    }

    @Clause(id = "MET-TOLD-001")
    void tellsOfEveryCallOnce(ClauseContext given) {
        Kept kept = new Kept();
        Storage storage = given.open(options -> options.metrics(kept));
        Config config = storage.configs().create(NewConfig.named(given.unique("bot")));
        Session session = storage.sessions().create(NewSession.on(config.id()));
        storage.sessions()
                .append(session.id(), List.of(NewMessage.user("one")), AppendOptions.plain());
        storage.sessions().find(session.id());

        assertThat(kept.told)
                .as("what the meters were told")
                .containsExactly(
                        "configs.create ok",
                        "sessions.create ok",
                        "sessions.append ok",
                        "sessions.find ok");
    }

    @Clause(id = "MET-TOLD-002")
    void tellsTheOutcome(ClauseContext given) {
        Kept kept = new Kept();
        Storage storage = given.open(options -> options.metrics(kept));
        SessionId unknown = given.sessionId();
        storage.sessions().find(unknown);
        Expect.notFound(
                "session", unknown, () -> storage.sessions().touch(unknown, given.app("app")));
        Expect.thrown(
                InvalidValueException.class, () -> storage.sessions().lastMessages(unknown, 0));

        assertThat(kept.told)
                .as("what the meters were told")
                .containsExactly(
                        "sessions.find ok",
                        "sessions.touch not_found",
                        "sessions.lastMessages invalid_value");
    }

    @Clause(id = "MET-TOLD-003")
    void tellsOfTransactions(ClauseContext given) {
        Kept kept = new Kept();
        Storage storage = given.open(options -> options.metrics(kept));
        SessionId unknown = given.sessionId();
        storage.transaction(tx -> tx.sessions().exists(unknown));
        assertThatThrownBy(
                        () ->
                                storage.transaction(
                                        tx -> {
                                            throw new IllegalArgumentException("the host's own");
                                        }))
                .isExactlyInstanceOf(IllegalArgumentException.class);

        assertThat(kept.told)
                .as("what the meters were told")
                .containsExactly(
                        "sessions.exists ok",
                        "storage.transaction ok",
                        "storage.transaction failed");
    }

    @Clause(id = "MET-TOLD-004")
    void countsCombinedAppendsEach(ClauseContext given) {
        Kept kept = new Kept();
        Storage storage = given.open(options -> options.metrics(kept));
        Session session = given.session();
        List<NewMessage> one = List.of(NewMessage.user("one"));
        Together.run(
                8,
                thread -> {
                    for (int i = 0; i < 25; i++) {
                        storage.sessions().append(session.id(), one, AppendOptions.plain());
                    }
                    return thread;
                });

        assertThat(Collections.frequency(kept.told, "sessions.append ok"))
                .as("appends that the meters were told of")
                .isEqualTo(200);
    }

    @Clause(id = "MET-BROKEN-001")
    void brokenMetersBreakNothing(ClauseContext given) {
        StorageMetrics broken =
                (operation, outcome, nanos) -> {
                    throw new IllegalStateException("a broken meter");
                };
        Session session = given.session();
        Storage storage = given.open(options -> options.metrics(broken));
        List<NewMessage> one = List.of(NewMessage.user("one"));

        assertThatCode(() -> storage.sessions().append(session.id(), one, AppendOptions.plain()))
                .as("an append with a broken meter")
                .doesNotThrowAnyException();
        assertThat(given.sessions().get(session.id()).lastSequence()).as("messages").isEqualTo(1);
    }

    @Clause(id = "MET-POOL-001")
    void showsThePool(ClauseContext given) {
        Kept kept = new Kept();
        Storage storage = given.open(options -> options.metrics(kept));

        assertThat(kept.pools).as("pools that the meters were given").hasSize(1);
        assertThat(kept.pools.element().get().max())
                .as("connections at most")
                .isEqualTo(storage.info().pool().max());
    }
}

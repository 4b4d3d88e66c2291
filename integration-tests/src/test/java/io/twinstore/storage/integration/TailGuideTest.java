package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.TailFollowing;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/tail.md shows, on both databases. */
class TailGuideTest {

    private final List<String> shown = new CopyOnWriteArrayList<>();

    static Stream<StorageHarness> harnesses() {
        return Stream.of(new SqliteHarness(), new PostgresHarness());
    }

    private static SessionId session(Storage storage) {
        SessionId session =
                storage.sessions()
                        .create(
                                NewSession.on(
                                        storage.configs().create(NewConfig.named("bot")).id()))
                        .id();
        for (int i = 1; i <= 3; i++) {
            storage.sessions().append(session, NewMessage.of("" + i));
        }
        return session;
    }

    private void handle(TailEvent event) {
        shown.add(event.action());
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void follows(StorageHarness harness) throws InterruptedException {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options())) {
            SessionId session = session(storage);
            // region tail
            long seen = 0;
            try (Tail tail = storage.sessions().tail(session, seen)) {
                while (seen < 3) {
                    Optional<TailEvent> event = tail.next(Duration.ofSeconds(30));
                    if (event.isPresent()
                            && event.get() instanceof TailEvent.MessageAppended appended) {
                        shown.add(appended.message().body().text());
                        seen = appended.message().sequence(); // where to begin after a restart
                    }
                }
            }
            // endregion
            assertThat(shown).containsExactly("1", "2", "3");
        }
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void listens(StorageHarness harness) {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options())) {
            SessionId session = session(storage);
            // region listener
            TailFollowing following =
                    storage.sessions().tail(session, 0).follow(event -> handle(event));
            // endregion
            await().until(() -> shown.size() == 3);
            following.close();
        }
    }
}

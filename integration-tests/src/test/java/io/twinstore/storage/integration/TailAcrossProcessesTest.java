package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Storage;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes append to one session, and this one tails it. The heartbeat is an hour, so only
 * what the processes tell each other can wake the tail.
 */
class TailAcrossProcessesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PROCESSES = 2;

    @TempDir private Path folder;

    @Test
    void followsOtherProcessesInSqlite() throws Exception {
        run(new SqliteHarness());
    }

    @Test
    void followsOtherProcessesInPostgres() throws Exception {
        run(new PostgresHarness());
    }

    private void run(StorageHarness harness) throws Exception {
        List<AppendingChild> children = new ArrayList<>();
        try (TestDatabase database = harness.newDatabase();
                Storage storage =
                        Storage.open(
                                database.options().toBuilder()
                                        .tailHeartbeat(Duration.ofHours(1))
                                        .build())) {
            storage.configs().create(NewConfig.named("shared").id(AppendingProcess.CONFIG));
            storage.sessions()
                    .create(NewSession.on(AppendingProcess.CONFIG).id(AppendingProcess.SHARED));
            try (Tail tail = storage.sessions().tail(AppendingProcess.SHARED, 0)) {
                assertThat(tail.next(Duration.ZERO)).isEmpty();
                for (int i = 0; i < PROCESSES; i++) {
                    children.add(AppendingChild.start("process " + i, folder, database.options()));
                }
                for (AppendingChild child : children) {
                    child.awaitReady();
                    child.go();
                }
                isGapFree(tail, PROCESSES * AppendingProcess.MESSAGES);
            }
            for (AppendingChild child : children) {
                child.awaitEnd();
            }
        } finally {
            children.forEach(AppendingChild::kill);
        }
    }

    private static void isGapFree(Tail tail, int count) throws InterruptedException {
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<TailEvent> event = tail.next(PATIENCE);
            assertThat(event).as("the event after %s", i).isPresent();
            seen.add(((TailEvent.MessageAppended) event.get()).message().sequence());
        }
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
        assertThat(tail.next(Duration.ZERO)).isEmpty();
    }
}

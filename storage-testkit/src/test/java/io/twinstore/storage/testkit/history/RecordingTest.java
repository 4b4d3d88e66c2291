package io.twinstore.storage.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.Json;
import io.twinstore.storage.SessionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was noted is read back, from memory and from files, whoever wrote it and however long. */
class RecordingTest {

    private static final SessionId ONE = SessionId.of("one");
    private static final SessionId TWO = SessionId.of("two");
    private static final List<SessionId> SESSIONS = List.of(ONE, TWO);

    @TempDir private Path folder;

    @Test
    void everythingIsReadBackFromMemory() {
        Recording recording = Recording.inMemory(SESSIONS);
        History history = noted(recording, recording);
        assertThat(recording.history(4)).isEqualTo(history);
    }

    @Test
    void everythingIsReadBackFromAFolder() {
        noted(Recording.in(folder, SESSIONS), Recording.in(folder, SESSIONS));
    }

    private static History noted(Recording written, Recording read) {
        ClientRecorder client = written.client(4);
        client.appending(TWO, new Batch(3, 17, 2), true, 5);
        client.appended(AppendOutcome.ok(6, 7, true));
        client.appending(ONE, new Batch(4, 0, 1), false, AppendOperation.ANY);
        client.appended(AppendOutcome.failed());
        long reading = client.reading();
        List<Sighting> seen =
                List.of(new Sighting(3, new MessageIdentity(4, 0)), new Sighting(4, null));
        client.read(ONE, reading, 2, seen, true);
        client.appending(ONE, new Batch(4, 1, 1), true, 0);

        History history = read.history();

        assertThat(history.appends())
                .containsExactly(
                        new AppendOperation(
                                4,
                                TWO,
                                new Batch(3, 17, 2),
                                true,
                                5,
                                new Span(1, 2),
                                AppendOutcome.ok(6, 7, true)),
                        new AppendOperation(
                                4,
                                ONE,
                                new Batch(4, 0, 1),
                                false,
                                AppendOperation.ANY,
                                new Span(3, 4),
                                AppendOutcome.failed()),
                        new AppendOperation(
                                4,
                                ONE,
                                new Batch(4, 1, 1),
                                true,
                                0,
                                new Span(7, Span.NEVER),
                                AppendOutcome.unknown()));
        assertThat(history.reads())
                .containsExactly(new ReadOperation(4, ONE, 2, seen, true, new Span(5, 6)));
        assertThat(history.count(AppendOutcome.Kind.UNKNOWN)).isEqualTo(1);
        return history;
    }

    @Test
    void longLogsGoOnInFurtherChunks() {
        Recording recording = Recording.in(folder, SESSIONS);
        ClientRecorder client = recording.client(1);
        for (int i = 0; i < 40_000; i++) {
            client.appending(ONE, new Batch(1, i, 1), false, AppendOperation.ANY);
            client.appended(AppendOutcome.ok(i + 1, i + 1, false));
        }
        List<Sighting> all = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            all.add(new Sighting(i + 1, new MessageIdentity(1, i)));
        }
        client.read(ONE, client.reading(), 0, all, true);

        History history = recording.history();

        assertThat(history.appends()).hasSize(40_000);
        assertThat(history.reads().stream().flatMap(read -> read.seen().stream()).toList())
                .isEqualTo(all);
        assertThat(history.reads()).extracting(ReadOperation::toEnd).endsWith(false, true);
        assertThat(HistoryChecker.check(history, Map.of(ONE, all, TWO, List.of())).toString())
                .isEqualTo("no anomaly");
    }

    @Test
    void clientsDoOneThingAtATimeAndHaveNumbersOfTheirOwn() {
        Recording recording = Recording.in(folder, SESSIONS);
        ClientRecorder client = recording.client(1);
        assertThatThrownBy(() -> client.appended(AppendOutcome.failed()))
                .hasMessage("Client 1 is not appending.");
        client.appending(ONE, new Batch(1, 0, 1), false, AppendOperation.ANY);
        assertThatThrownBy(() -> client.appending(ONE, new Batch(1, 1, 1), false, 0))
                .hasMessage("Client 1 is appending already.");
        assertThatThrownBy(() -> recording.client(1)).hasMessageContaining("client 1 already");
        assertThatThrownBy(() -> Recording.in(folder, SESSIONS).client(1))
                .hasMessageContaining("Client 1 has no new file");
        assertThatThrownBy(() -> client.read(SessionId.of("x"), 1, 0, List.of(), true))
                .hasMessageContaining("no session x");
    }

    @Test
    void countersGiveEachNumberOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<List<Long>>> work =
                Collections.nCopies(
                        4,
                        () -> {
                            SharedCounter counter = SharedCounter.in(folder.resolve("counter"));
                            return LongStream.range(0, 5_000)
                                    .mapToObj(i -> counter.next())
                                    .toList();
                        });
        List<Long> numbers = new ArrayList<>();
        try {
            for (Future<List<Long>> future : threads.invokeAll(work)) {
                assertThat(future.get()).isSorted();
                numbers.addAll(future.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 20_000).boxed().toList());
        assertThat(SharedCounter.in(folder.resolve("counter")).get()).isEqualTo(20_000);
    }

    @Test
    void messagesSayWhoTheyAre() {
        for (int client : new int[] {0, 7, MessageIdentity.MAX_CLIENT}) {
            for (long number : new long[] {0, 1, 12_345, MessageIdentity.MAX_NUMBER}) {
                MessageIdentity identity = new MessageIdentity(client, number);
                assertThat(MessageIdentity.of(identity.message().body())).isEqualTo(identity);
                assertThat(MessageIdentity.unpacked(identity.packed())).isEqualTo(identity);
                assertThat(identity.body().length()).isBetween(70, 620);
            }
        }
    }

    @Test
    void changedMessagesAreNone() {
        String body = new MessageIdentity(3, 4).body();
        assertThat(MessageIdentity.of(Json.of(body.replace("\"user\"", "\"tool\"")))).isNull();
        assertThat(MessageIdentity.of(Json.of(body.replace(":4,", ":5,")))).isNull();
        assertThat(MessageIdentity.of(Json.of(body.replace(":4,", ":-4,")))).isNull();
        assertThat(MessageIdentity.of(Json.of(body.replace(":4,", ":4 ,")))).isNull();
        assertThat(MessageIdentity.of(Json.of(body + " "))).isNull();
        assertThat(MessageIdentity.of(Json.of("[]"))).isNull();
    }
}

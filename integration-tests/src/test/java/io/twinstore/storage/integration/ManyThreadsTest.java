package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.Config;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Eight threads append 1,000 messages each to one session. Half of the messages have a key and are
 * sent twice at the same moment, as by a client that gave up waiting too soon.
 */
class ManyThreadsTest {

    private static final int THREADS = 8;
    private static final int MESSAGES = 1_000;

    @Test
    void nothingIsLostOrDoubledInSqlite() throws Exception {
        run(new SqliteHarness());
    }

    @Test
    void nothingIsLostOrDoubledInPostgres() throws Exception {
        run(new PostgresHarness());
    }

    private static void run(StorageHarness harness) throws Exception {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options())) {
            Config config = storage.configs().create(NewConfig.named("busy"));
            SessionId id = storage.sessions().create(NewSession.on(config.id())).id();
            List<Sent> sent = append(storage, id);
            assertThat(sent).hasSize(THREADS * MESSAGES * 3 / 2);
            check(storage.sessions().transcript(id).messages(), sent);
            assertThat(storage.sessions().get(id).messageCount()).isEqualTo(THREADS * MESSAGES);
        }
    }

    /** What one call asked for and was answered. */
    private record Sent(String content, Appended answer, boolean keyed) {}

    private static List<Sent> append(Storage storage, SessionId id) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<Sent>>> work = new ArrayList<>();
            for (int pair = 0; pair < THREADS / 2; pair++) {
                String name = "pair " + pair;
                CyclicBarrier moment = new CyclicBarrier(2);
                work.add(() -> half(storage, id, name, "left", moment));
                work.add(() -> half(storage, id, name, "right", moment));
            }
            List<Sent> sent = new ArrayList<>();
            for (Future<List<Sent>> one : threads.invokeAll(work, 120, TimeUnit.SECONDS)) {
                sent.addAll(one.get());
            }
            return sent;
        } finally {
            threads.shutdownNow();
        }
    }

    /** One thread of a pair: messages of its own, and those that both of them send. */
    private static List<Sent> half(
            Storage storage, SessionId id, String pair, String side, CyclicBarrier moment)
            throws Exception {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            if (i % 2 == 0) {
                sent.add(send(storage, id, pair + " " + side + " " + i, AppendOptions.plain()));
            }
            String shared = pair + " shared " + i;
            moment.await(60, TimeUnit.SECONDS);
            sent.add(send(storage, id, shared, AppendOptions.once(shared)));
        }
        return sent;
    }

    private static Sent send(Storage storage, SessionId id, String content, AppendOptions options) {
        Appended answer = storage.sessions().append(id, List.of(NewMessage.user(content)), options);
        return new Sent(content, answer, options.idempotencyKey() != null);
    }

    private static void check(List<Message> transcript, List<Sent> sent) {
        assertThat(transcript)
                .extracting(Message::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, THREADS * MESSAGES).boxed().toList());
        for (Sent one : sent) {
            assertThat(one.answer().lastSequence()).isEqualTo(one.answer().firstSequence());
            assertThat(transcript.get((int) one.answer().firstSequence() - 1).body())
                    .isEqualTo(NewMessage.user(one.content()).body());
        }
        Map<String, List<Boolean>> replayed = new TreeMap<>();
        sent.stream()
                .filter(Sent::keyed)
                .forEach(
                        one ->
                                replayed.computeIfAbsent(one.content(), key -> new ArrayList<>())
                                        .add(one.answer().replayed()));
        assertThat(replayed).hasSize(THREADS * MESSAGES / 2);
        assertThat(replayed.values())
                .allSatisfy(r -> assertThat(r).containsOnlyOnce(true).hasSize(2));
    }
}

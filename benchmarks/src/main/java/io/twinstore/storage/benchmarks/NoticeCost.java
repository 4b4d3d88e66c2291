package io.twinstore.storage.benchmarks;

import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Tail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What notices cost those who append to PostgreSQL: 8 threads with notices against the same
 * without, in turns of two seconds, to one session and to eight, while nobody listens and while
 * somebody does.
 *
 * <p>The figures to quote are the medians of the ratios of neighbouring turns.
 */
public final class NoticeCost {

    private static final int THREADS = 8;
    private static final int TURNS = 12;
    private static final long TURN = TimeUnit.SECONDS.toNanos(2);
    private static final String BODY =
            "{\"role\":\"user\",\"content\":\"" + "x".repeat(570) + "\"}";

    private final Storage with;
    private final Storage without;
    private final Config config;

    private NoticeCost(Storage with, Storage without) {
        this.with = with;
        this.without = without;
        this.config = with.configs().create(NewConfig.named("benchmark"));
    }

    /** Runs against the database that the environment names. */
    public static void main(String[] arguments) throws Exception {
        StorageOptions options = StorageOptions.fromEnvironment();
        try (Storage with = Storage.open(options);
                Storage without =
                        Storage.open(
                                options.toBuilder().property("postgres.notices", "off").build())) {
            new NoticeCost(with, without).run(options);
        }
    }

    private void run(StorageOptions options) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%s at %s, %d threads, messages of %d bytes, Java %s%n",
                with.info().databaseVersion(),
                with.info().location(),
                THREADS,
                BODY.length(),
                Runtime.version().feature());
        try {
            compare("one session, nobody listens", 1);
            compare("eight sessions, nobody listens", THREADS);
            SessionId idle = with.sessions().create(NewSession.on(config.id())).id();
            try (Storage other = Storage.open(options);
                    Tail tail = other.sessions().tail(idle, 0)) {
                // A tail of a session where nothing happens: its process is notified of all others.
                if (tail.next(Duration.ofSeconds(1)).isPresent()) {
                    throw new IllegalStateException("Somebody else appends.");
                }
                compare("one session, a process listens", 1);
                compare("eight sessions, a process listens", THREADS);
            }
        } finally {
            with.configs().purge(config.id());
        }
    }

    private void compare(String what, int sessions) throws InterruptedException {
        List<SessionId> ids = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            ids.add(with.sessions().create(NewSession.on(config.id())).id());
        }
        double[] on = new double[TURNS];
        double[] off = new double[TURNS];
        double[] ratio = new double[TURNS];
        turn(with, ids);
        turn(without, ids);
        for (int i = 0; i < TURNS; i++) {
            boolean first = i % 2 == 0;
            on[i] = first ? turn(with, ids) : 0;
            off[i] = turn(without, ids);
            on[i] = first ? on[i] : turn(with, ids);
            ratio[i] = on[i] / off[i];
        }
        System.out.printf(
                Locale.ROOT,
                "%-34s with %6.0f/s, without %6.0f/s, ratio %.3f (median of %d pairs, %.3f to"
                        + " %.3f)%n",
                what,
                median(on),
                median(off),
                median(ratio),
                TURNS,
                Arrays.stream(ratio).min().orElse(0),
                Arrays.stream(ratio).max().orElse(0));
    }

    /** Returns how many appends a second the threads made together. */
    private static double turn(Storage storage, List<SessionId> ids) throws InterruptedException {
        LongAdder count = new LongAdder();
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            SessionId id = ids.get(t % ids.size());
            Thread thread =
                    new Thread(
                            () -> {
                                while (System.nanoTime() - start < TURN) {
                                    storage.sessions().append(id, NewMessage.of(BODY));
                                    count.increment();
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return count.sum() / ((System.nanoTime() - start) / 1e9);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

package io.twinstore.storage.benchmarks;

import static io.twinstore.storage.benchmarks.Figures.BODY;
import static io.twinstore.storage.benchmarks.Figures.quantile;
import static io.twinstore.storage.benchmarks.Figures.say;

import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * How long appends take while sessions are cleaned up and purged: eight threads append before,
 * meanwhile and after. Tells every append that failed, a deadlock's victim among them.
 */
public final class CleanupUnderLoad {

    private static final int THREADS = 8;
    private static final int IN_TRANSACTION = 500;
    private static final Duration AGE = Duration.ofDays(30);
    private static final Duration ALONE = Duration.ofSeconds(5);

    private final Storage storage;
    private final AtomicReference<Duration> past;
    private final int sessions;

    private CleanupUnderLoad(Storage storage, AtomicReference<Duration> past, int sessions) {
        this.storage = storage;
        this.past = past;
        this.sessions = sessions;
    }

    /**
     * Runs against the database that the environment names.
     *
     * @param arguments how many sessions are old; 100,000 by default
     */
    public static void main(String[] arguments) throws Exception {
        AtomicReference<Duration> past = new AtomicReference<>(AGE.multipliedBy(2));
        Clock clock = Clock.systemUTC();
        StorageOptions options = StorageOptions.fromEnvironment();
        options =
                options.toBuilder()
                        .pool(options.pool().withSize(1, THREADS + 2))
                        .clock(() -> clock.instant().minus(past.get()))
                        .build();
        int sessions = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
        try (Storage storage = Storage.open(options)) {
            new CleanupUnderLoad(storage, past, sessions).run();
        }
    }

    private void run() throws Exception {
        say("%s", storage.info().databaseVersion());
        Config config = storage.configs().create(NewConfig.named("benchmark"));
        try {
            fill(config);
            List<SessionId> live = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                live.add(storage.sessions().create(NewSession.on(config.id())).id());
            }
            past.set(Duration.ZERO);
            live.forEach(id -> storage.sessions().append(id, NewMessage.of(BODY)));
            during("nothing else", live, CleanupUnderLoad::rest);
            during("cleanup", live, () -> storage.sessions().cleanup(AGE));
            during("purgeDeleted", live, () -> storage.sessions().purgeDeleted(Duration.ZERO));
        } finally {
            storage.configs().purge(config.id());
        }
    }

    private void fill(Config config) {
        long start = System.nanoTime();
        for (int made = 0; made < sessions; made += IN_TRANSACTION) {
            int some = Math.min(IN_TRANSACTION, sessions - made);
            storage.transaction(
                    tx -> {
                        for (int i = 0; i < some; i++) {
                            SessionId id = tx.sessions().create(NewSession.on(config.id())).id();
                            tx.sessions().append(id, NewMessage.of(BODY));
                        }
                        return some;
                    });
        }
        say("%d old sessions made in %.0f s", sessions, (System.nanoTime() - start) / 1e9);
    }

    private static long rest() {
        long end = System.nanoTime() + ALONE.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return 0;
    }

    private void during(String what, List<SessionId> live, LongSupplier work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        AtomicBoolean ended = new AtomicBoolean();
        try {
            List<Future<double[]>> threads = new ArrayList<>();
            for (SessionId id : live) {
                threads.add(pool.submit(() -> append(id, ended)));
            }
            long start = System.nanoTime();
            long done;
            double seconds;
            try {
                done = work.getAsLong();
            } finally {
                seconds = (System.nanoTime() - start) / 1e9;
                ended.set(true);
            }
            List<double[]> all = new ArrayList<>();
            for (Future<double[]> thread : threads) {
                all.add(thread.get());
            }
            report(what, done, seconds, all.stream().flatMapToDouble(Arrays::stream).toArray());
        } finally {
            pool.shutdownNow();
        }
    }

    private double[] append(SessionId id, AtomicBoolean ended) {
        double[] millis = new double[1_024];
        int count = 0;
        while (!ended.get()) {
            long start = System.nanoTime();
            try {
                storage.sessions().append(id, NewMessage.of(BODY));
            } catch (StorageException e) {
                say("FAILED: %s", e);
            }
            if (count == millis.length) {
                millis = Arrays.copyOf(millis, 2 * count);
            }
            millis[count++] = (System.nanoTime() - start) / 1e6;
        }
        return Arrays.copyOf(millis, count);
    }

    private static void report(String what, long done, double seconds, double[] millis) {
        say(
                "%-12s %6d sessions in %5.1f s; %d threads: %6.0f appends/s, p50 %.2f ms, p99 %.2f"
                        + " ms, longest %.1f ms",
                what,
                done,
                seconds,
                THREADS,
                millis.length / seconds,
                quantile(millis, 0.5),
                quantile(millis, 0.99),
                quantile(millis, 1));
    }
}

package io.twinstore.storage.benchmarks;

import static io.twinstore.storage.benchmarks.Figures.BODY;
import static io.twinstore.storage.benchmarks.Figures.median;
import static io.twinstore.storage.benchmarks.Figures.quantile;
import static io.twinstore.storage.benchmarks.Figures.say;

import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/**
 * How many appends a second several threads make on one session, against raw prepared single-row
 * INSERTs: by one thread, and in PostgreSQL also by as many threads, each on its own connection.
 *
 * <p>The three take turns in rounds of a second, so that a drift of the machine meets all; the
 * figures to quote are the medians of the rounds' ratios.
 */
public final class AppendThroughput {

    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

    private final Storage storage;
    private final RawTable raw;

    private AppendThroughput(Storage storage, RawTable raw) {
        this.storage = storage;
        this.raw = raw;
    }

    /**
     * Runs against the database that the environment names.
     *
     * @param arguments the numbers of threads; 1, 8 and 32 by default
     */
    public static void main(String[] arguments) throws Exception {
        int[] counts =
                arguments.length == 0
                        ? new int[] {1, 8, 32}
                        : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        int most = Arrays.stream(counts).max().orElse(1);
        StorageOptions options = StorageOptions.fromEnvironment();
        options = options.toBuilder().pool(options.pool().withSize(most, most + 1)).build();
        try (Storage storage = Storage.open(options);
                RawTable raw = new RawTable(storage)) {
            new AppendThroughput(storage, raw).run(counts);
        }
    }

    private void run(int[] counts) throws Exception {
        say(
                "%s at %s, messages of %d bytes, Java %s",
                storage.info().databaseVersion(),
                storage.info().location(),
                BODY.length(),
                Runtime.version().feature());
        Config config = storage.configs().create(NewConfig.named("benchmark"));
        try {
            for (int threads : counts) {
                compare(config, threads);
            }
        } finally {
            storage.configs().purge(config.id());
        }
    }

    private void compare(Config config, int threads) throws Exception {
        SessionId session = storage.sessions().create(NewSession.on(config.id())).id();
        boolean parallel = storage.info().database().equals(StorageOptions.POSTGRESQL);
        List<Round> one = new ArrayList<>();
        List<Round> as = new ArrayList<>();
        List<Round> appends = new ArrayList<>();
        for (int i = -1; i < ROUNDS; i++) {
            Round single = together(1, this::inserts);
            Round many = parallel && threads > 1 ? together(threads, this::inserts) : single;
            Round append = together(threads, until -> appends(session, until));
            if (i >= 0) {
                one.add(single);
                as.add(many);
                appends.add(append);
            }
        }
        report("raw INSERT, 1 thread", one);
        if (parallel && threads > 1) {
            report("raw INSERT, " + threads + " threads", as);
        }
        report("append, " + threads + " threads, one session", appends);
        say(
                "%d threads: %.2f of one thread's inserts%s",
                threads,
                ratio(appends, one),
                parallel && threads > 1
                        ? String.format(
                                ", %.2f of %d threads' inserts", ratio(appends, as), threads)
                        : "");
    }

    /**
     * What a round brought.
     *
     * @param perSecond calls a second, all threads together
     * @param calls the calls of each thread
     */
    private record Round(double perSecond, List<Calls> calls) {

        DoubleStream micros() {
            return calls.stream().flatMapToDouble(c -> Arrays.stream(c.micros, 0, c.count));
        }

        int busy() {
            return calls.stream().mapToInt(c -> c.busy).sum();
        }
    }

    /** Calls until a moment, on one thread. */
    private interface Work {
        Calls run(long until) throws Exception;
    }

    /** The calls of one thread. */
    private static final class Calls {

        private double[] micros = new double[1_024];
        private int count;
        private int busy;

        void add(long start) {
            if (count == micros.length) {
                micros = Arrays.copyOf(micros, 2 * count);
            }
            micros[count++] = (System.nanoTime() - start) / 1e3;
        }
    }

    private static Round together(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Calls>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(
                        pool.submit(
                                () -> {
                                    ready.countDown();
                                    go.await();
                                    return work.run(System.nanoTime() + ROUND_NANOS);
                                }));
            }
            ready.await();
            long start = System.nanoTime();
            go.countDown();
            return round(all, start);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Round round(List<Future<Calls>> all, long start)
            throws ExecutionException, InterruptedException {
        List<Calls> calls = new ArrayList<>();
        for (Future<Calls> one : all) {
            calls.add(one.get());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Round(calls.stream().mapToInt(c -> c.count).sum() / seconds, calls);
    }

    private Calls inserts(long until) throws SQLException {
        return storage.<Calls, SQLException>withConnection(
                connection -> inserts(connection, until));
    }

    private Calls inserts(Connection connection, long until) throws SQLException {
        Calls calls = new Calls();
        try (RawTable.Insert insert = raw.on(connection)) {
            for (long start = System.nanoTime(); start < until; start = System.nanoTime()) {
                insert.run(BODY);
                calls.add(start);
            }
        }
        return calls;
    }

    private Calls appends(SessionId session, long until) {
        Calls calls = new Calls();
        for (long start = System.nanoTime(); start < until; start = System.nanoTime()) {
            try {
                storage.sessions().append(session, NewMessage.of(BODY));
                calls.add(start);
            } catch (StorageBusyException e) {
                calls.busy++;
            }
        }
        return calls;
    }

    private static double ratio(List<Round> rounds, List<Round> floor) {
        double[] ratios = new double[rounds.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = rounds.get(i).perSecond() / floor.get(i).perSecond();
        }
        return median(ratios);
    }

    private static void report(String what, List<Round> rounds) {
        double[] micros = rounds.stream().flatMapToDouble(Round::micros).toArray();
        say(
                "%-36s %8.0f/s (median of %d rounds), p50 %.2f ms, p99 %.2f ms, longest %.1f ms,"
                        + " busy %d",
                what,
                median(rounds.stream().mapToDouble(Round::perSecond).toArray()),
                rounds.size(),
                median(micros) / 1e3,
                quantile(micros, 0.99) / 1e3,
                quantile(micros, 1) / 1e3,
                rounds.stream().mapToInt(Round::busy).sum());
    }
}

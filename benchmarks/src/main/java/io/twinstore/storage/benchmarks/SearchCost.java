package io.twinstore.storage.benchmarks;

import static io.twinstore.storage.benchmarks.Figures.median;
import static io.twinstore.storage.benchmarks.Figures.say;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SearchLanguage;
import io.twinstore.storage.SearchOptions;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What search costs those who append: appends a second of several threads with and without it, in
 * turn, and how long the background takes for a message while nobody appends.
 */
public final class SearchCost {

    private static final int THREADS = 8;
    private static final int ROUNDS = 7;
    private static final int INDEXED = 20_000;
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final StorageOptions options;
    private final List<NewMessage> messages = new ArrayList<>();

    private SearchCost(StorageOptions options, Path folder) throws Exception {
        this.options = options;
        Texts texts = new Texts(folder, 3);
        for (int i = 0; i < 5_000; i++) {
            messages.add(texts.message());
        }
    }

    /**
     * Runs against the database that the environment names.
     *
     * @param arguments the folder with transcripts
     */
    public static void main(String[] arguments) throws Exception {
        StorageOptions options = StorageOptions.fromEnvironment();
        new SearchCost(
                        options.toBuilder().pool(options.pool().withSize(1, THREADS + 2)).build(),
                        Path.of(arguments[0]))
                .run();
    }

    private Storage open(boolean search) {
        return Storage.open(
                options.toBuilder()
                        .search(
                                search
                                        ? SearchOptions.in(SearchLanguage.ENGLISH)
                                        : SearchOptions.off())
                        .build());
    }

    private void run() throws Exception {
        Config config;
        try (Storage storage = open(true)) {
            say("%s", storage.info().databaseVersion());
            config = storage.configs().create(NewConfig.named("benchmark"));
        }
        try {
            double[] with = new double[ROUNDS];
            double[] without = new double[ROUNDS];
            double[] ratios = new double[ROUNDS];
            round(config.id(), true);
            round(config.id(), false);
            for (int i = 0; i < ROUNDS; i++) {
                boolean first = i % 2 == 0;
                double one = round(config.id(), first);
                double other = round(config.id(), !first);
                with[i] = first ? one : other;
                without[i] = first ? other : one;
                ratios[i] = with[i] / without[i];
            }
            say(
                    "%d threads: %.0f appends a second with search, %.0f without: %.2f",
                    THREADS, median(with), median(without), median(ratios));
            background(config.id());
        } finally {
            try (Storage storage = open(false)) {
                storage.configs().purge(config.id());
            }
        }
    }

    private double round(ConfigId config, boolean search) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (Storage storage = open(search)) {
            List<SessionId> sessions = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                sessions.add(storage.sessions().create(NewSession.on(config)).id());
            }
            long end = System.nanoTime() + ROUND_NANOS;
            List<Future<Long>> all = new ArrayList<>();
            for (SessionId id : sessions) {
                all.add(pool.submit(() -> append(storage, id, end)));
            }
            long count = 0;
            for (Future<Long> one : all) {
                count += one.get();
            }
            return count / (ROUND_NANOS / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }

    private long append(Storage storage, SessionId id, long end) {
        long count = 0;
        while (System.nanoTime() < end) {
            storage.sessions().append(id, messages.get((int) (count % messages.size())));
            count++;
        }
        return count;
    }

    private void background(ConfigId config) throws Exception {
        try (Storage storage = open(true)) {
            await(storage);
        }
        try (Storage storage = open(false)) {
            List<NewMessage> shuffled = new ArrayList<>(messages);
            for (int i = 0; i < INDEXED / 100; i++) {
                Collections.rotate(shuffled, 100);
                SessionId id = storage.sessions().create(NewSession.on(config)).id();
                storage.sessions().append(id, shuffled.subList(0, 100), AppendOptions.plain());
            }
        }
        double raw;
        try (Storage storage = open(false);
                RawIndex index = new RawIndex(storage)) {
            index.index(messages, 1);
            raw = index.index(messages, INDEXED / messages.size());
        }
        long start = System.nanoTime();
        try (Storage storage = open(true)) {
            await(storage);
        }
        double own = (double) (System.nanoTime() - start) / INDEXED;
        say(
                "indexing in the background: %.1f µs for a message, %.1f in an index of the"
                        + " database's own terms: %.2f",
                own / 1e3, raw / 1e3, own / raw);
    }

    private static void await(Storage storage) throws SQLException {
        while (pending(storage) > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static long pending(Storage storage) throws SQLException {
        return storage.<Long, SQLException>withConnection(
                connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet row =
                                    statement.executeQuery("select count(*) from search_pending")) {
                        row.next();
                        return row.getLong(1);
                    }
                });
    }
}

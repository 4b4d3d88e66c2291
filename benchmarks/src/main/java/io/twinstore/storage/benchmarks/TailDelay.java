package io.twinstore.storage.benchmarks;

import io.twinstore.storage.Appended;
import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a message takes from its append's return to the return of a waiting {@code next}: idle
 * and while 8 threads append, in one process and from another one.
 *
 * <p>Both ends read the same monotonic clock, that of the machine. A tail that has the message
 * before the append has returned counts as zero.
 */
public final class TailDelay {

    private static final int IDLE_MESSAGES = 200;
    private static final int LOAD_MESSAGES = 8_000;
    private static final int LOAD_THREADS = 8;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(25);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BODY =
            "{\"role\":\"user\",\"content\":\"" + "x".repeat(570) + "\"}";

    private final Storage storage;
    private final Config config;

    private TailDelay(Storage storage) {
        this.storage = storage;
        this.config = storage.configs().create(NewConfig.named("benchmark"));
    }

    /**
     * Runs against the database that the environment names; with a session and a way of appending,
     * is the other process.
     */
    public static void main(String[] arguments) throws Exception {
        try (Storage storage = Storage.open(StorageOptions.fromEnvironment())) {
            if (arguments.length == 2) {
                append(storage, SessionId.of(arguments[0]), arguments[1]);
            } else {
                new TailDelay(storage).run();
            }
        }
    }

    private void run() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%s at %s, messages of %d bytes, Java %s%n",
                storage.info().databaseVersion(),
                storage.info().location(),
                BODY.length(),
                Runtime.version().feature());
        try {
            // The first round of each warms up.
            for (String way : List.of("idle", "load", "idle", "load")) {
                measure("this process, " + way, way, false);
                measure("another process, " + way, way, true);
            }
        } finally {
            storage.configs().purge(config.id());
        }
    }

    private void measure(String what, String way, boolean other) throws Exception {
        SessionId id = storage.sessions().create(NewSession.on(config.id())).id();
        int count = way.equals("idle") ? IDLE_MESSAGES : LOAD_MESSAGES;
        long[] seen = new long[count + 1];
        AtomicLongArray returned;
        try (Tail tail = storage.sessions().tail(id, 0)) {
            if (tail.next(Duration.ofSeconds(1)).isPresent()) {
                throw new IllegalStateException("Somebody else appends.");
            }
            returned =
                    other ? appendElsewhere(id, way, tail, seen) : appendHere(id, way, tail, seen);
        }
        double[] micros = new double[count];
        for (int i = 1; i <= count; i++) {
            micros[i - 1] = Math.max(0, seen[i] - returned.get(i)) / 1e3;
        }
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "%-22s p50 %8.0f us   p99 %8.0f us   longest %8.0f us   (%d messages)%n",
                what,
                micros[count / 2],
                micros[count * 99 / 100],
                micros[count - 1],
                count);
    }

    private AtomicLongArray appendHere(SessionId id, String way, Tail tail, long[] seen)
            throws Exception {
        AtomicLongArray returned = new AtomicLongArray(LOAD_MESSAGES + 1);
        List<Thread> threads = start(storage, id, way, returned);
        follow(tail, seen);
        for (Thread thread : threads) {
            thread.join();
        }
        return returned;
    }

    private static void follow(Tail tail, long[] seen) throws InterruptedException {
        for (int i = 1; i < seen.length; i++) {
            TailEvent event = tail.next(PATIENCE).orElseThrow();
            seen[(int) ((TailEvent.MessageAppended) event).message().sequence()] =
                    System.nanoTime();
        }
    }

    private static AtomicLongArray appendElsewhere(SessionId id, String way, Tail tail, long[] seen)
            throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                TailDelay.class.getName(),
                                id.value(),
                                way)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            follow(tail, seen);
            AtomicLongArray returned = new AtomicLongArray(LOAD_MESSAGES + 1);
            try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
                lines.lines()
                        .map(line -> line.split(" "))
                        .forEach(p -> returned.set(Integer.parseInt(p[0]), Long.parseLong(p[1])));
            }
            return returned;
        } finally {
            process.destroy();
        }
    }

    private static void append(Storage storage, SessionId id, String way)
            throws InterruptedException, IOException {
        SessionId warm =
                storage.sessions()
                        .create(NewSession.on(storage.sessions().get(id).configId()))
                        .id();
        for (int i = 0; i < 500; i++) {
            storage.sessions().append(warm, NewMessage.of(BODY));
        }
        AtomicLongArray returned = new AtomicLongArray(LOAD_MESSAGES + 1);
        for (Thread thread : start(storage, id, way, returned)) {
            thread.join();
        }
        for (int i = 1; i <= LOAD_MESSAGES && returned.get(i) != 0; i++) {
            System.out.println(i + " " + returned.get(i));
        }
    }

    private static List<Thread> start(
            Storage storage, SessionId id, String way, AtomicLongArray returned) {
        boolean idle = way.equals("idle");
        int threads = idle ? 1 : LOAD_THREADS;
        int each = (idle ? IDLE_MESSAGES : LOAD_MESSAGES) / threads;
        List<Thread> started = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread =
                    new Thread(
                            () -> {
                                for (int i = 0; i < each; i++) {
                                    if (idle) {
                                        LockSupport.parkNanos(PAUSE);
                                    }
                                    Appended appended =
                                            storage.sessions().append(id, NewMessage.of(BODY));
                                    returned.set((int) appended.lastSequence(), System.nanoTime());
                                }
                            });
            thread.start();
            started.add(thread);
        }
        return started;
    }
}

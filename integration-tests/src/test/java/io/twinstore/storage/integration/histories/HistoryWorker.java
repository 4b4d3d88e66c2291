package io.twinstore.storage.integration.histories;

import io.twinstore.storage.PoolOptions;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A process of a history: opens the storage that its environment names, and for each line on its
 * standard input, {@code FOLDER APPENDS SEED}, plays a round with all its threads. Says {@code
 * ready}, {@code working} and {@code done}.
 */
final class HistoryWorker {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int process;
    private final int incarnation;
    private final int threads;

    private HistoryWorker(int process, int incarnation, int threads) {
        this.process = process;
        this.incarnation = incarnation;
        this.threads = threads;
    }

    /**
     * Runs the process.
     *
     * @param args its number, how many of its predecessors were killed, and how many threads it has
     */
    public static void main(String[] args) throws Exception {
        HistoryWorker worker =
                new HistoryWorker(
                        Integer.parseInt(args[0]),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Storage storage = Databases.open(worker.options())) {
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                worker.play(storage, line);
                System.out.println("done");
            }
        }
        // A client that hangs must not keep a process alive that nobody talks to.
        System.exit(0);
    }

    private StorageOptions options() {
        return StorageOptions.fromEnvironment().toBuilder()
                .pool(
                        PoolOptions.defaults()
                                .withSize(1, threads + 2)
                                .withConnectionTimeout(PATIENCE)
                                .withStatementTimeout(PATIENCE))
                .build();
    }

    private void play(Storage storage, String line)
            throws IOException, InterruptedException, ExecutionException {
        String[] parts = line.split(" ", 3);
        Round round = Round.open(Path.of(parts[0]), Integer.parseInt(parts[1]));
        long seed = Long.parseLong(parts[2]);
        AtomicLongArray known = new AtomicLongArray(round.sessions().size());
        List<FutureTask<Void>> clients = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            HistoryWriter writer =
                    new HistoryWriter(
                            storage.sessions(),
                            round,
                            new HistoryWriter.Place(process, incarnation, thread),
                            known,
                            seed);
            clients.add(started(writer));
        }
        HistoryReader reader =
                new HistoryReader(
                        storage.sessions(),
                        round,
                        new HistoryWriter.Place(process, incarnation, threads));
        FutureTask<Void> reading = started(reader);
        System.out.println("working");
        for (FutureTask<Void> client : clients) {
            client.get();
        }
        reader.finish();
        reading.get();
    }

    private static FutureTask<Void> started(Runnable client) {
        FutureTask<Void> task = new FutureTask<>(client, null);
        Thread thread = new Thread(task, client.toString());
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}

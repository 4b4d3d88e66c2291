package io.twinstore.storage.integration.histories;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.testkit.history.AppendOperation;
import io.twinstore.storage.testkit.history.AppendOutcome;
import io.twinstore.storage.testkit.history.Batch;
import io.twinstore.storage.testkit.history.HistoryClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process that appends messages, one at a time, to all sessions of a round in turn. */
final class TailedAppender {

    private static final int THREADS = 4;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private TailedAppender() {}

    /**
     * Runs the process.
     *
     * @param args the folder of the round, the process's number, and how many messages to append
     */
    public static void main(String[] args) throws Exception {
        Round round = Round.open(Path.of(args[0]), Integer.MAX_VALUE);
        int process = Integer.parseInt(args[1]);
        int messages = Integer.parseInt(args[2]);
        try (Storage storage = Databases.open(StorageOptions.fromEnvironment())) {
            List<FutureTask<Void>> threads = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int own = messages / THREADS + (thread < messages % THREADS ? 1 : 0);
                int number = Round.client(process, 0, thread);
                HistoryClient client =
                        new HistoryClient(storage.sessions(), round.recording().client(number));
                FutureTask<Void> task = new FutureTask<>(() -> append(round, client, own), null);
                new Thread(task, "appender " + number).start();
                threads.add(task);
            }
            for (FutureTask<Void> thread : threads) {
                thread.get();
            }
        }
        System.out.println("done");
        System.exit(0);
    }

    private static void append(Round round, HistoryClient client, int messages) {
        for (int acknowledged = 0; acknowledged < messages; ) {
            SessionId session = round.sessions().get(acknowledged % round.sessions().size());
            boolean keyed = acknowledged / round.sessions().size() % 2 == 0;
            AppendOutcome outcome = keyed ? untilKnown(client, session) : client.append(session, 1);
            if (outcome.isOk()) {
                acknowledged++;
                round.progress().next();
            } else {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private static AppendOutcome untilKnown(HistoryClient client, SessionId session) {
        Batch batch = client.batch(1);
        AppendOutcome outcome = client.attempt(session, batch, true, AppendOperation.ANY);
        while (!outcome.isOk()) {
            LockSupport.parkNanos(PAUSE);
            outcome = client.attempt(session, batch, true, AppendOperation.ANY);
        }
        return outcome;
    }
}

package io.twinstore.storage.integration.histories;

import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One of the appending processes, with its successors after kills. For one thread. */
final class Worker implements AutoCloseable {

    private enum State {
        STARTING,
        READY,
        TOLD,
        WORKING
    }

    private final int number;
    private final Path folder;
    private final Map<String, String> environment;
    private final HistoryOptions options;
    private ChildProcess child;
    private int incarnation;
    private State state = State.STARTING;

    Worker(int number, Path folder, StorageOptions storage, HistoryOptions options)
            throws IOException {
        this.number = number;
        this.folder = folder;
        this.environment = Databases.environment(storage);
        this.options = options;
        this.child = started();
    }

    private ChildProcess started() throws IOException {
        return new ChildProcess(
                folder,
                "worker-" + number,
                environment,
                HistoryWorker.class,
                List.of(number, incarnation, options.threads()));
    }

    boolean isWorking() {
        return state == State.WORKING;
    }

    /**
     * Hears what the process says, and tells it to play the round once it is ready.
     *
     * @return whether it is done with the round
     */
    boolean proceed(Round round, long seed) throws InterruptedException {
        for (String line = child.hear(Duration.ZERO);
                line != null;
                line = child.hear(Duration.ZERO)) {
            switch (line) {
                case "ready" -> state = State.READY;
                case "working" -> state = State.WORKING;
                case "done" -> {
                    state = State.READY;
                    return true;
                }
                default -> throw new IllegalStateException("A worker says '" + line + "'.");
            }
        }
        if (state == State.READY) {
            child.tell(round.folder() + " " + round.appends() + " " + seed);
            state = State.TOLD;
        }
        return false;
    }

    /** Kills the process and starts its successor, which goes on where it was. */
    void kill() throws IOException, InterruptedException {
        child.kill();
        incarnation++;
        state = State.STARTING;
        child = started();
    }

    @Override
    public void close() {
        child.close();
    }
}

package io.twinstore.storage.integration.histories;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import io.twinstore.storage.testkit.history.Recording;
import io.twinstore.storage.testkit.history.SharedCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One round, as every process sees it: a folder with the list of sessions, the clients' notes, and
 * how far it has come.
 *
 * @param folder the folder
 * @param appends how many acknowledged appends end the round
 * @param sessions the sessions, the first three of which are busy
 * @param recording the clients' notes
 * @param progress counts acknowledged appends
 */
record Round(
        Path folder,
        int appends,
        List<SessionId> sessions,
        Recording recording,
        SharedCounter progress) {

    private static final String SESSIONS = "sessions";

    /** Clients of one process; of one process's successors after a kill. */
    private static final int PER_INCARNATION = 100;

    private static final int PER_PROCESS = 100 * PER_INCARNATION;

    /** Writes down a new round. */
    static Round make(Path folder, int appends, List<SessionId> sessions) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(SESSIONS), sessions.stream().map(SessionId::value).toList());
        return open(folder, appends);
    }

    /** Joins a round. */
    static Round open(Path folder, int appends) throws IOException {
        List<SessionId> sessions =
                Files.readAllLines(folder.resolve(SESSIONS)).stream().map(SessionId::of).toList();
        return new Round(
                folder,
                appends,
                sessions,
                Recording.in(folder, sessions),
                SharedCounter.in(folder.resolve("progress")));
    }

    boolean isOver() {
        return progress.get() >= appends;
    }

    /** Returns the user who owns those sessions of the round that the process's reader tails. */
    UserId reader(int process) {
        return reader(sessions, process);
    }

    static UserId reader(List<SessionId> sessions, int process) {
        return UserId.of("reader %d of %s".formatted(process, sessions.get(0).value()));
    }

    /**
     * Returns the number of a client.
     *
     * @param process the process's number
     * @param incarnation how many of its predecessors were killed
     * @param thread the thread's number in the process
     */
    static int client(int process, int incarnation, int thread) {
        return process * PER_PROCESS + incarnation * PER_INCARNATION + thread;
    }
}

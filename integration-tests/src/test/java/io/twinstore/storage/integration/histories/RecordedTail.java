package io.twinstore.storage.integration.histories;

import io.twinstore.storage.Message;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.UserId;
import io.twinstore.storage.testkit.history.ClientRecorder;
import io.twinstore.storage.testkit.history.ReadOperation;
import io.twinstore.storage.testkit.history.Sighting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tails all sessions of a user and notes every message; goes on where the notes of its predecessors
 * end. For one thread.
 */
final class RecordedTail implements AutoCloseable {

    private final ClientRecorder recorder;
    private final Map<SessionId, Long> positions = new HashMap<>();
    private final Tail tail;

    /**
     * @param process the number of the process
     * @param incarnation how many of its predecessors were killed
     * @param thread the number of the thread, the same as theirs
     */
    RecordedTail(
            SessionStore store,
            Round round,
            UserId user,
            int process,
            int incarnation,
            int thread) {
        IntStream.range(0, incarnation)
                .map(earlier -> Round.client(process, earlier, thread))
                .mapToObj(round.recording()::history)
                .flatMap(history -> history.reads().stream())
                .forEach(this::goOnAfter);
        Map<SessionId, Long> known = new HashMap<>();
        // What it has nothing of it follows from the beginning, whenever it was opened.
        round.sessions().forEach(session -> known.put(session, after(session)));
        tail = store.tailAll(user, known);
        recorder = round.recording().client(Round.client(process, incarnation, thread));
    }

    private void goOnAfter(ReadOperation read) {
        read.seen().forEach(seen -> positions.merge(read.session(), seen.sequence(), Math::max));
    }

    private long after(SessionId session) {
        return positions.getOrDefault(session, 0L);
    }

    /** Returns how many messages it and its predecessors have noted. */
    long count() {
        return positions.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Waits for the next message, notes it and returns it; or nothing after this time. */
    Optional<Message> next(Duration timeout) throws InterruptedException {
        long invoked = recorder.reading();
        Optional<TailEvent> event = tail.next(timeout);
        if (event.orElse(null) instanceof TailEvent.MessageAppended appended) {
            Message message = appended.message();
            SessionId session = message.sessionId();
            recorder.read(session, invoked, after(session), List.of(Sighting.of(message)), false);
            positions.put(session, message.sequence());
            return Optional.of(message);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        tail.close();
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageBusyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Walks over what is old, does it batch by batch, and counts what was done.
 *
 * <p>It goes on after the last session that it found, done or passed over, so it ends. An interrupt
 * ends it between two batches: what is done stays done and counts.
 */
final class RetentionRun {

    /** Sessions of one transaction; what it takes is a few milliseconds in both databases. */
    private static final int BATCH = 200;

    /** Messages that one transaction removes, but for a session that has more by itself. */
    private static final long MESSAGES = 5_000;

    private final Handles handles;
    private final String action;
    private final Function<List<OldSession>, List<List<OldSession>>> cutting;
    private final Deciding deciding;
    private long done;

    /** Where the walk stands. */
    record Place(Instant time, String id) {}

    /** Finds the sessions after a place. */
    @FunctionalInterface
    interface Finding {
        List<OldSession> after(Handle handle, Place last, int limit);
    }

    /** Prepares the transaction on a batch, which returns the sessions that it was done to. */
    @FunctionalInterface
    interface Deciding {
        Handles.Work<List<SessionId>> on(List<OldSession> batch);
    }

    /**
     * @param action what tails are told
     * @param cutting makes transactions of what was found
     */
    RetentionRun(
            Handles handles,
            String action,
            Function<List<OldSession>, List<List<OldSession>>> cutting,
            Deciding deciding) {
        this.handles = handles;
        this.action = action;
        this.cutting = cutting;
        this.deciding = deciding;
    }

    long done() {
        return done;
    }

    /** Does all that is found, unless the thread is interrupted. */
    void over(Finding finding) {
        try {
            @Nullable Place place = new Place(MicroClock.MIN, "");
            while (place != null && !isInterrupted()) {
                place = step(finding, place);
            }
        } catch (StorageBusyException e) {
            // A thread that is interrupted while it waits for its turn is told so in this way.
            if (!isInterrupted()) {
                throw e;
            }
        }
    }

    /** Returns where to go on, or null at the end. */
    private @Nullable Place step(Finding finding, Place place) {
        List<OldSession> found = handles.read(handle -> finding.after(handle, place, BATCH));
        for (List<OldSession> batch : cutting.apply(found)) {
            if (!isInterrupted()) {
                List<SessionId> ids = handles.write(deciding.on(batch));
                done += ids.size();
                ids.forEach(id -> handles.tell(Notice.of(action, id)));
            }
        }
        if (found.size() < BATCH) {
            return null;
        }
        OldSession last = found.get(BATCH - 1);
        return new Place(last.time(), last.sessionId().value());
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    /** Cuts where the messages are many. */
    static List<List<OldSession>> bySize(List<OldSession> found) {
        List<List<OldSession>> batches = new ArrayList<>();
        long messages = MESSAGES;
        for (OldSession session : found) {
            messages += session.lastSeq();
            if (messages > MESSAGES || batches.isEmpty()) {
                batches.add(new ArrayList<>());
                messages = session.lastSeq();
            }
            batches.get(batches.size() - 1).add(session);
        }
        return batches;
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageException;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings concurrent appends together in one commit, since on a hot session, or in a database with
 * one writer, the commits are what there is too little of.
 *
 * <p>Calls of one lane queue behind each other. Whoever finds the lane empty leads: it flushes at
 * once, so that nothing is added where nobody else appends. When it is done it answers those whose
 * calls it wrote and makes the first of those that came meanwhile the leader, who takes the others
 * along. No thread hands over, nobody leads for longer than its own call takes, and nobody is
 * overtaken.
 *
 * <p>Each caller gets its own answer. When a batch is refused its calls are made again one by one,
 * so that an error reaches only whom it belongs to; but where the reason lies in the database (it
 * is busy, it cannot be reached, the reply to the commit was lost) everyone gets it, each an
 * exception of its own. A turn that did not come in time, or an interrupt, is the leader's own; the
 * next of the queue then leads.
 *
 * <p>What a caller's interrupt must not do is end the calls of others. So the leader writes with
 * its thread's interrupt taken off and put back afterwards. One that arrives meanwhile is no harm
 * on a platform thread; but the JDK closes the socket that an interrupted virtual thread reads, and
 * then the outcome is unknown to everyone in the batch. Hosts that interrupt virtual threads which
 * append should know that.
 */
public final class Combiner {

    private final Function<AppendRequest, Object> lanes;
    private final Flushing flushing;
    private final CombinerOptions options;
    private final ConcurrentMap<Object, CombinedLane> busy = new ConcurrentHashMap<>();

    /**
     * @param lanes says which requests may share a transaction: those with equal lanes
     */
    public Combiner(
            Function<AppendRequest, Object> lanes, Flushing flushing, CombinerOptions options) {
        this.lanes = lanes;
        this.flushing = flushing;
        this.options = options;
    }

    /**
     * Appends, alone or together with others; when it returns, the messages are committed. A caller
     * that is interrupted while it queues gives up and nothing was written; once its messages are
     * being written it waits for the outcome. In both cases its thread stays interrupted.
     *
     * @param request one that is not unconditional is written alone
     * @param committed is told, by this thread, of what its own commit wrote
     * @return the last sequence before the first message, or nothing when there is no live head
     * @throws StorageBusyException when the caller was interrupted or its turn did not come in
     *     time; nothing was written
     * @throws StorageException as {@link Flushing} threw it
     */
    public OptionalLong append(AppendRequest request, Consumer<Notice> committed) {
        if (request.isUnconditional()) {
            return queue(request, committed);
        }
        CombinedBatch batch = new CombinedBatch(new CombinedCall(request, 0));
        try (Flushing.Turn turn = flushing.turn()) {
            batch.wrote(turn);
        }
        batch.tell(committed);
        return batch.calls().get(0).result();
    }

    private OptionalLong queue(AppendRequest request, Consumer<Notice> committed) {
        CombinedCall call =
                new CombinedCall(request, System.nanoTime() + options.patience().toNanos());
        Object key = lanes.apply(request);
        CombinedLane fresh = new CombinedLane(options);
        CombinedLane lane = enter(key, fresh);
        while (lane != null) {
            awaitRoom(lane, call);
            if (lane.join(call)) {
                return await(key, lane, call, committed);
            }
            lane = enter(key, fresh);
        }
        return lead(key, fresh, call, committed);
    }

    /** Returns the lane to queue in, or null when the fresh one is now the lane, to be led. */
    private @Nullable CombinedLane enter(Object key, CombinedLane fresh) {
        try {
            return busy.putIfAbsent(key, fresh);
        } catch (Error e) {
            // It may be in the map all the same, and others may queue already.
            fresh.handOver(key, busy);
            throw e;
        }
    }

    private void awaitRoom(CombinedLane lane, CombinedCall call) {
        try {
            if (!lane.room()
                    .tryAcquire(
                            options.room(call.request()), call.patience(), TimeUnit.NANOSECONDS)) {
                throw tooLate();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private StorageBusyException tooLate() {
        return new StorageBusyException(
                "The append waited behind others for longer than the connection time-out of "
                        + options.patience()
                        + "; nothing was written.");
    }

    private static StorageBusyException interrupted() {
        return new StorageBusyException(
                "The thread was interrupted while its append waited behind others; nothing was written.");
    }

    private OptionalLong await(
            Object key, CombinedLane lane, CombinedCall call, Consumer<Notice> committed) {
        boolean interrupted = false;
        while (true) {
            switch (call.state()) {
                case DONE, ABANDONED -> {
                    restore(interrupted);
                    return call.result();
                }
                case LEADING -> {
                    restore(interrupted);
                    letOthersCome();
                    return lead(key, lane, call, committed);
                }
                case TAKEN -> LockSupport.park(this);
                case QUEUED -> {
                    if (call.patience() <= 0 && lane.leave(call)) {
                        restore(interrupted);
                        throw tooLate();
                    }
                    LockSupport.parkNanos(this, Math.max(1, call.patience()));
                }
            }
            if (Thread.interrupted()) {
                interrupted = true;
                if (lane.leave(call)) {
                    restore(true);
                    throw interrupted();
                }
            }
        }
    }

    /**
     * Lets those run who were just answered: they may be back at once, and then come along. Nothing
     * depends on it; it fills the commits a little better.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void letOthersCome() {
        Thread.yield();
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private OptionalLong lead(
            Object key, CombinedLane lane, CombinedCall leader, Consumer<Notice> committed) {
        CombinedBatch batch = new CombinedBatch(leader);
        try {
            flush(lane, batch);
        } finally {
            try {
                lane.handOver(key, busy);
            } finally {
                // After that, so that the next in the line need not wait for it.
                batch.tell(committed);
            }
        }
        return leader.result();
    }

    private void flush(CombinedLane lane, CombinedBatch batch) {
        try {
            Flushing.Turn turn;
            try {
                turn = flushing.turn();
            } catch (StorageException e) {
                if (!isOwn(e)) {
                    lane.take(batch);
                }
                batch.fail(e);
                return;
            }
            if (!wroteTogether(turn, lane, batch)) {
                eachAlone(batch);
            }
        } finally {
            batch.abandon();
        }
    }

    /**
     * Returns whether the error is the leader's own: an interrupt is, and so is a turn that did not
     * come in time, for which others have not waited as long. Anything else would meet them too.
     */
    private static boolean isOwn(StorageException fault) {
        return fault instanceof StorageBusyException || Thread.currentThread().isInterrupted();
    }

    private static boolean wroteTogether(
            Flushing.Turn turn, CombinedLane lane, CombinedBatch batch) {
        try (turn) {
            // Only now, so that whoever came while it waited is taken along.
            lane.take(batch);
            return wrote(turn, batch);
        }
    }

    private static boolean wrote(Flushing.Turn turn, CombinedBatch batch) {
        boolean interrupted = Thread.interrupted();
        try {
            return batch.wrote(turn);
        } finally {
            restore(interrupted);
        }
    }

    /**
     * Makes the calls one by one, for callers who cannot know why it takes so long: an interrupt of
     * the thread that does it for them must not end their calls. Whose patience ended meanwhile is
     * not written any more.
     */
    private void eachAlone(CombinedBatch batch) {
        boolean interrupted = Thread.interrupted();
        try {
            for (CombinedCall call : batch.calls()) {
                while (!call.isDone()) {
                    interrupted |= Thread.interrupted();
                    alone(call, batch);
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /**
     * Makes a call; when it is not done after that, an interrupt came in between. Where there is no
     * turn for one, the rest of the batch does not ask again.
     */
    private void alone(CombinedCall call, CombinedBatch batch) {
        if (call.patience() <= 0) {
            call.fail(tooLate());
            return;
        }
        try (Flushing.Turn turn = flushing.turn()) {
            wrote(turn, new CombinedBatch(call));
        } catch (StorageException e) {
            if (!Thread.currentThread().isInterrupted()) {
                batch.fail(e);
            }
        }
    }

    /** Returns how many calls queue in a lane, not counting those that are being written. */
    int queued(Object lane) {
        CombinedLane found = busy.get(lane);
        return found == null ? 0 : found.queued();
    }

    /** Returns in how many lanes somebody flushes. */
    int busyLanes() {
        return busy.size();
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

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
 * exception of its own.
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
     * @param request an unconditional one
     * @return the last sequence before the first message, or nothing when there is no live head
     * @throws StorageBusyException when the caller was interrupted or its turn did not come in
     *     time; nothing was written
     * @throws StorageException as {@link Flushing} threw it
     */
    public OptionalLong append(AppendRequest request) {
        CombinedCall call = new CombinedCall(request);
        Object key = lanes.apply(request);
        CombinedLane fresh = new CombinedLane(options);
        CombinedLane lane = busy.putIfAbsent(key, fresh);
        if (lane == null) {
            return lead(key, fresh, call);
        }
        long deadline = System.nanoTime() + options.patience().toNanos();
        while (lane != null) {
            awaitRoom(lane, request, deadline);
            if (lane.join(call)) {
                return await(key, lane, call, deadline);
            }
            lane = busy.putIfAbsent(key, fresh);
        }
        return lead(key, fresh, call);
    }

    private void awaitRoom(CombinedLane lane, AppendRequest request, long deadline) {
        try {
            if (!lane.room()
                    .tryAcquire(
                            options.room(request),
                            deadline - System.nanoTime(),
                            TimeUnit.NANOSECONDS)) {
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

    private OptionalLong await(Object key, CombinedLane lane, CombinedCall call, long deadline) {
        boolean interrupted = false;
        while (true) {
            switch (call.state()) {
                case DONE -> {
                    restore(interrupted);
                    return call.result();
                }
                case LEADING -> {
                    restore(interrupted);
                    letOthersCome();
                    return lead(key, lane, call);
                }
                case TAKEN -> LockSupport.park(this);
                case QUEUED -> {
                    if (deadline - System.nanoTime() <= 0 && lane.leave(call)) {
                        throw tooLate();
                    }
                    LockSupport.parkNanos(this, Math.max(1, deadline - System.nanoTime()));
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

    private OptionalLong lead(Object key, CombinedLane lane, CombinedCall leader) {
        try {
            flush(lane, leader);
        } finally {
            lane.handOver(() -> busy.remove(key, lane));
        }
        return leader.result();
    }

    private void flush(CombinedLane lane, CombinedCall leader) {
        Flushing.Turn turn;
        try {
            turn = flushing.turn();
        } catch (StorageException e) {
            // An interrupt is the leader's own; anything else would meet the others as well.
            boolean own = Thread.currentThread().isInterrupted();
            fail(own ? List.of(leader) : lane.take(leader), e);
            return;
        }
        // Only now, so that whoever came while it waited is taken along.
        List<CombinedCall> batch = lane.take(leader);
        try {
            if (!wrote(turn, batch)) {
                eachAlone(batch);
            }
        } finally {
            abandon(batch);
        }
    }

    /**
     * Writes the batch and answers its calls.
     *
     * @return false when it was refused for a reason that may lie in one of its calls
     */
    private static boolean wrote(Flushing.Turn turn, List<CombinedCall> batch) {
        try (turn) {
            List<OptionalLong> answers = turn.write(requests(batch));
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer(answers.get(i));
            }
            return true;
        } catch (StorageException e) {
            if (!batch.get(0).isDone() && batch.size() > 1 && !concernsAll(e)) {
                return false;
            }
            fail(batch, e);
            return true;
        }
    }

    private static List<AppendRequest> requests(List<CombinedCall> batch) {
        return batch.size() == 1
                ? List.of(batch.get(0).request())
                : batch.stream().map(CombinedCall::request).toList();
    }

    private static boolean concernsAll(StorageException fault) {
        return fault instanceof OutcomeUnknownException || fault instanceof StorageBusyException;
    }

    /**
     * Makes the calls one by one, for callers who cannot know why it takes so long: an interrupt of
     * the thread that does it for them must not end their calls.
     */
    private void eachAlone(List<CombinedCall> batch) {
        boolean interrupted = Thread.interrupted();
        try {
            for (int next = 0; next < batch.size(); ) {
                try {
                    wrote(flushing.turn(), batch.subList(next, next + 1));
                    next++;
                } catch (StorageException e) {
                    if (!Thread.interrupted()) {
                        fail(batch.subList(next, batch.size()), e);
                        return;
                    }
                    interrupted = true;
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    private static void fail(List<CombinedCall> calls, StorageException fault) {
        StorageException own = fault;
        for (CombinedCall call : calls) {
            if (!call.isDone()) {
                call.fail(own);
                own = SharedFaults.another(fault);
            }
        }
    }

    /** Lets nobody wait for ever when what is broken is broken in a way that nobody foresaw. */
    private static void abandon(List<CombinedCall> batch) {
        for (CombinedCall call : batch) {
            if (!call.isDone()) {
                call.fail(new OutcomeUnknownException(null));
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

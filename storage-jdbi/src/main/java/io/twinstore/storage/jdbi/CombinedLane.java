package io.twinstore.storage.jdbi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The calls that are combined with each other: one that flushes, and those that queue behind it.
 *
 * <p>It lives as long as somebody flushes. It has ended once the last one to flush found the queue
 * empty; from then on nobody joins it.
 */
final class CombinedLane {

    private final CombinerOptions options;
    private final Deque<CombinedCall> queue = new ArrayDeque<>();
    private boolean ended;

    /** Room in the queue, in characters; fair, so that a large request gets its turn. */
    private final Semaphore room;

    CombinedLane(CombinerOptions options) {
        this.options = options;
        this.room = new Semaphore(options.queuedCharacters(), true);
    }

    Semaphore room() {
        return room;
    }

    /**
     * Queues a call that holds its room.
     *
     * @return false when the lane has ended
     */
    synchronized boolean join(CombinedCall call) {
        if (ended) {
            return false;
        }
        call.become(CombinedCall.State.QUEUED);
        queue.addLast(call);
        return true;
    }

    /**
     * Takes a call out of the queue.
     *
     * @return false when it is no longer there, since it was taken or is to lead
     */
    synchronized boolean leave(CombinedCall call) {
        if (call.state() != CombinedCall.State.QUEUED) {
            return false;
        }
        queue.remove(call);
        room.release(options.room(call.request()));
        return true;
    }

    /** Takes the batch that the leader flushes: its own call, and what fits of the queue. */
    synchronized List<CombinedCall> take(CombinedCall leader) {
        if (queue.isEmpty()) {
            return List.of(leader);
        }
        List<CombinedCall> batch = new ArrayList<>();
        batch.add(leader);
        long messages = leader.request().count();
        long characters = leader.request().characters();
        for (CombinedCall next = queue.peekFirst();
                next != null && batch.size() < options.batchRequests();
                next = queue.peekFirst()) {
            messages += next.request().count();
            characters += next.request().characters();
            if (messages > options.batchMessages() || characters > options.batchCharacters()) {
                break;
            }
            unqueue(next, CombinedCall.State.TAKEN);
            batch.add(next);
        }
        return batch;
    }

    /**
     * Makes the first of the queue the leader.
     *
     * @param atEnd runs when there is none, before anybody can join again
     */
    synchronized void handOver(Runnable atEnd) {
        CombinedCall next = queue.peekFirst();
        if (next == null) {
            ended = true;
            atEnd.run();
        } else {
            unqueue(next, CombinedCall.State.LEADING);
            next.wake();
        }
    }

    private void unqueue(CombinedCall first, CombinedCall.State state) {
        queue.removeFirst();
        room.release(options.room(first.request()));
        first.become(state);
    }

    /** Returns how many calls wait. */
    synchronized int queued() {
        return queue.size();
    }
}

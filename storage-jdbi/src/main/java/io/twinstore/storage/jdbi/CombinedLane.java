package io.twinstore.storage.jdbi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentMap;
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
     * @return false when the lane has ended; the room is free again, for the next who waits for it
     */
    synchronized boolean join(CombinedCall call) {
        if (ended) {
            room.release(options.room(call.request()));
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

    /**
     * Adds to the leader's batch, which so far is its own call, what fits of the queue. When it
     * fails half-way, each call is either in the batch or still queues.
     */
    synchronized void take(CombinedBatch batch) {
        if (queue.isEmpty()) {
            return;
        }
        AppendRequest leader = batch.first();
        long messages = leader.count();
        long characters = leader.characters();
        for (CombinedCall next = queue.peekFirst();
                next != null && batch.size() < options.batchRequests();
                next = queue.peekFirst()) {
            messages += next.request().count();
            characters += next.request().characters();
            if (messages > options.batchMessages() || characters > options.batchCharacters()) {
                break;
            }
            batch.add(next);
            unqueue(next, CombinedCall.State.TAKEN);
        }
    }

    /**
     * Makes the first of the queue the leader. When there is none the lane ends, and leaves the
     * busy ones before anybody can join again. It makes no object, so that it does not fail where
     * memory ran out.
     */
    synchronized void handOver(Object key, ConcurrentMap<Object, CombinedLane> busy) {
        CombinedCall next = queue.peekFirst();
        if (next == null) {
            ended = true;
            busy.remove(key, this);
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

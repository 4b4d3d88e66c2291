package io.twinstore.storage.jdbi;

import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.StorageException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One caller's append in a {@link Combiner}, and what becomes of it. */
final class CombinedCall {

    /** How far the call is. Only the lane moves it, and at the end whoever answers it. */
    enum State {
        /** In the queue; the caller may still leave. */
        QUEUED,
        /** Its caller is to flush. */
        LEADING,
        /** In a batch under way; the caller must wait for the outcome. */
        TAKEN,
        /** Answered. */
        DONE,
        /** Given up in a way that nobody foresaw; its caller is told that nothing is known. */
        ABANDONED
    }

    private final AppendRequest request;
    private final long deadline;
    private final Thread thread = Thread.currentThread();
    private volatile State state = State.LEADING;
    private OptionalLong answer = OptionalLong.empty();
    private @Nullable StorageException error;

    /**
     * @param deadline until when its caller waits, as {@link System#nanoTime} counts
     */
    CombinedCall(AppendRequest request, long deadline) {
        this.request = request;
        this.deadline = deadline;
    }

    /** Returns how many nanoseconds its caller still waits; none or less when it is too late. */
    long patience() {
        return deadline - System.nanoTime();
    }

    AppendRequest request() {
        return request;
    }

    State state() {
        return state;
    }

    void become(State next) {
        state = next;
    }

    /** Answers the call and wakes its caller. */
    void answer(OptionalLong before) {
        answer = before;
        done();
    }

    /** Ends the call with an error that no other caller gets, and wakes its caller. */
    void fail(StorageException own) {
        error = own;
        done();
    }

    private void done() {
        end(State.DONE);
    }

    /**
     * Ends the call where it is not known what became of it, and wakes its caller. It must not
     * fail, so it makes no object: memory may be what has run out.
     */
    void abandon() {
        end(State.ABANDONED);
    }

    private void end(State how) {
        // Written last: it publishes the answer to the caller, who reads it first.
        state = how;
        wake();
    }

    /** Wakes the caller; nothing happens when that is the thread that calls. */
    void wake() {
        if (thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
        }
    }

    boolean isDone() {
        return state == State.DONE || state == State.ABANDONED;
    }

    /** Returns the last sequence that a call which is done wrote, or 0 where it wrote none. */
    long last() {
        return answer.isPresent() ? answer.getAsLong() + request.count() : 0;
    }

    /** Returns the answer or throws the error of a call that is done. */
    OptionalLong result() {
        if (state == State.ABANDONED) {
            throw new OutcomeUnknownException(null);
        }
        if (error != null) {
            throw error;
        }
        return Objects.requireNonNull(answer);
    }
}

package io.twinstore.storage.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A thread that makes one call to a combiner. */
final class Caller {

    private final Thread thread;
    private final FutureTask<OptionalLong> task;
    private final Queue<Notice> told = new ConcurrentLinkedQueue<>();
    private volatile boolean interruptedAtEnd;

    private Caller(Combiner combiner, AppendRequest request) {
        task =
                new FutureTask<>(
                        () -> {
                            try {
                                return combiner.append(request, told::add);
                            } finally {
                                interruptedAtEnd = Thread.currentThread().isInterrupted();
                            }
                        });
        thread = new Thread(task, "caller");
        thread.setDaemon(true);
    }

    static Caller started(Combiner combiner, AppendRequest request) {
        Caller caller = new Caller(combiner, request);
        caller.thread.start();
        return caller;
    }

    /** Starts a call and waits until it queues. */
    static Caller queued(Combiner combiner, AppendRequest request) {
        int before = combiner.queued(request.session());
        Caller caller = started(combiner, request);
        await(() -> combiner.queued(request.session()) == before + 1);
        return caller;
    }

    Thread thread() {
        return thread;
    }

    boolean isDone() {
        return task.isDone();
    }

    /** Whether the thread was interrupted when the call ended. */
    boolean wasInterrupted() {
        return interruptedAtEnd;
    }

    /** Returns what its own commit was told to have written. */
    List<Notice> told() {
        return List.copyOf(told);
    }

    OptionalLong answer() throws Exception {
        return task.get(30, TimeUnit.SECONDS);
    }

    /** Returns what the call threw. */
    Throwable error() throws InterruptedException, TimeoutException {
        try {
            throw new AssertionError("It was answered " + task.get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    /** Waits until something is so. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the time until the deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}

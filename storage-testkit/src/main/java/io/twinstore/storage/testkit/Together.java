package io.twinstore.storage.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs work on threads of its own, which a storage that hangs cannot take down with it. */
final class Together {

    /** Longer than any clause needs on a slow machine. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private Together() {}

    /** Work for the thread with this number, from 0. */
    @FunctionalInterface
    interface Numbered<T> {
        T run(int number) throws Exception;
    }

    /** Runs the work on this many threads, all started at the same moment, and awaits them all. */
    static <T> List<Outcome<T>> run(int threads, Numbered<T> work) {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            tasks.add(
                    started(
                            () -> {
                                start.await();
                                return work.run(number);
                            }));
        }
        return tasks.stream().map(Together::outcomeOf).toList();
    }

    /** Runs the work on one thread and hands on what it throws, or complains when it hangs. */
    static void alone(Callable<?> work) throws Throwable {
        Throwable error = outcomeOf(started(work)).error();
        if (error != null) {
            throw error;
        }
    }

    private static <T> FutureTask<T> started(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "contract");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static <T> Outcome<T> outcomeOf(FutureTask<T> task) {
        try {
            return new Outcome<>(task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), null);
        } catch (ExecutionException e) {
            return new Outcome<>(null, e.getCause());
        } catch (TimeoutException e) {
            task.cancel(true);
            return new Outcome<>(
                    null,
                    new AssertionError("It hangs: no end after " + PATIENCE.toSeconds() + " s."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome<>(null, e);
        }
    }
}

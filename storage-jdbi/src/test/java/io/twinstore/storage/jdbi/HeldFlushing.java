package io.twinstore.storage.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.StorageException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds each batch until the test says what becomes of it. */
final class HeldFlushing implements Flushing {

    private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger out = new AtomicInteger();
    private volatile @Nullable Supplier<StorageException> refusal;
    private volatile Runnable atTurns = () -> {};

    /** A batch that was to be written. */
    record Held(
            List<AppendRequest> requests,
            Thread thread,
            boolean interrupted,
            CompletableFuture<List<OptionalLong>> reply) {

        /** Answers with the sequences from here on. */
        void commit(long before) {
            long next = before;
            List<OptionalLong> answers = new java.util.ArrayList<>();
            for (AppendRequest request : requests) {
                answers.add(OptionalLong.of(next));
                next += request.count();
            }
            reply.complete(answers);
        }

        void answer(OptionalLong... answers) {
            reply.complete(List.of(answers));
        }

        void fail(Throwable fault) {
            reply.completeExceptionally(fault);
        }

        /** The text of each request's first message. */
        List<String> texts() {
            return requests.stream().map(r -> r.lines().get(0).body()).toList();
        }
    }

    /** Refuses every turn from now on. */
    void refuseTurns(Supplier<StorageException> fault) {
        refusal = fault;
    }

    /** Does this whenever somebody got the turn. */
    void atTurns(Runnable action) {
        atTurns = action;
    }

    /** Returns the next batch, once it comes. */
    Held next() throws InterruptedException {
        Held next = held.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("a batch").isNotNull();
        return next;
    }

    boolean isIdle() {
        return held.isEmpty() && out.get() == 0;
    }

    /** Returns how often somebody asked for the turn. */
    int turns() {
        return turns.get();
    }

    @Override
    public Turn turn() {
        turns.incrementAndGet();
        Supplier<StorageException> fault = refusal;
        if (fault != null) {
            throw fault.get();
        }
        out.incrementAndGet();
        atTurns.run();
        return new Turn() {
            @Override
            public List<OptionalLong> write(List<AppendRequest> requests) {
                return HeldFlushing.this.write(requests);
            }

            @Override
            public void close() {
                out.decrementAndGet();
            }
        };
    }

    private List<OptionalLong> write(List<AppendRequest> requests) {
        Thread thread = Thread.currentThread();
        Held batch = new Held(requests, thread, thread.isInterrupted(), new CompletableFuture<>());
        held.add(batch);
        try {
            return batch.reply().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.TransactionOptions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Handles of the storage's own pool: each write is a transaction of its own. */
final class PooledHandles implements Handles {

    private final TransactionRunner runner;
    private final TailHub hub;

    PooledHandles(TransactionRunner runner, TailHub hub) {
        this.runner = runner;
        this.hub = hub;
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        return runner.read(work);
    }

    @Override
    public <T extends @Nullable Object> T stream(Work<T> work) {
        return runner.stream(work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        return runner.transaction(
                TransactionOptions.standard(), handle -> runner.translated(() -> work.on(handle)));
    }

    @Override
    public void refuseSnapshot(String operation) {
        // Each write is a transaction of its own, read committed.
    }

    @Override
    public boolean standAlone() {
        return true;
    }

    @Override
    public void tell(Notice notice) {
        hub.committed(notice);
    }

    @Override
    public TailHub hub() {
        return hub;
    }

    @Override
    public <T> T alone(Supplier<T> call) {
        return runner.alone(call);
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.Isolation;
import io.twinstore.storage.TransactionException;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The one handle of a transaction that somebody else ends.
 *
 * <p>Every write runs behind a savepoint, so that an operation which fails leaves nothing of itself
 * behind and the transaction usable, in both databases. On the host's connection reads do too,
 * since there even a read changes a setting and must put it back.
 */
final class BoundHandles implements Handles {

    private final Handle handle;
    private final TransactionRunner runner;
    private final @Nullable HostConnections surroundings;
    private final @Nullable Thread owner;
    private final Isolation isolation;
    private final Telling telling;
    private volatile boolean over;

    private BoundHandles(
            Handle handle,
            TransactionRunner runner,
            @Nullable HostConnections surroundings,
            @Nullable Thread owner,
            Isolation isolation,
            Telling telling) {
        this.handle = handle;
        this.runner = runner;
        this.surroundings = surroundings;
        this.owner = owner;
        this.isolation = isolation;
        this.telling = telling;
    }

    /** How tails are told of what a transaction wrote. */
    @FunctionalInterface
    interface Telling {
        void tell(Handle handle, Notice notice) throws SQLException;
    }

    /**
     * Returns the handles of a transaction of this storage, good on this thread until {@link #end}.
     *
     * @param written takes what tails are to be told once the transaction is committed
     */
    static BoundHandles ofTransaction(
            Handle handle,
            TransactionRunner runner,
            Isolation isolation,
            Consumer<Notice> written) {
        return new BoundHandles(
                handle,
                runner,
                null,
                Thread.currentThread(),
                isolation,
                (unused, notice) -> written.accept(notice));
    }

    /**
     * Returns the handles of a connection that the host brought; what they need there is set around
     * each use.
     */
    static BoundHandles ofHost(
            Handle handle,
            TransactionRunner runner,
            HostConnections surroundings,
            Notices notices) {
        return new BoundHandles(
                handle, runner, surroundings, null, Isolation.READ_COMMITTED, notices::tellWithin);
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        refuseStrangers();
        return runner.translated(
                () -> surroundings == null ? work.on(handle) : behindSavepoint(work, false));
    }

    @Override
    public <T extends @Nullable Object> T stream(Work<T> work) {
        return read(work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        refuseStrangers();
        return runner.translated(() -> behindSavepoint(work, true));
    }

    @Override
    public void refuseSnapshot(String operation) {
        boolean latest =
                surroundings == null
                        ? isolation == Isolation.READ_COMMITTED
                        : runner.translated(() -> surroundings.seesLatest(handle.getConnection()));
        if (!latest) {
            throw new TransactionException(
                    operation
                            + " must see every session there is; a transaction above read committed sees those of its"
                            + " start alone. Use a transaction that is read committed.");
        }
    }

    @Override
    public boolean standAlone() {
        return false;
    }

    @Override
    public <T> T alone(Supplier<T> call) {
        throw new IllegalStateException("A bound handle runs nothing outside its transaction.");
    }

    @Override
    public void tell(Notice notice) {
        runner.translated(() -> telling.tell(handle, notice));
    }

    @Override
    public TailHub hub() {
        throw new TransactionException(
                "A tail follows what is committed; open it on the storage itself, not on the stores of a transaction"
                        + " or a connection.");
    }

    /** Ends the use of the stores. */
    void end() {
        over = true;
    }

    private void refuseStrangers() {
        if (over || (owner != null && Thread.currentThread() != owner)) {
            throw new TransactionException(
                    "These stores belong to a transaction that is over, or to another thread's.");
        }
    }

    private <T extends @Nullable Object> T behindSavepoint(Work<T> work, boolean writes)
            throws SQLException {
        handle.execute("savepoint twinstore");
        try {
            String found = surroundings == null ? "" : surroundings.enter(handle, writes);
            T result = work.on(handle);
            if (surroundings != null) {
                surroundings.leave(handle, found);
            }
            handle.execute("release savepoint twinstore");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            undo(e);
            throw e;
        }
    }

    /**
     * Goes back to the savepoint. Where that fails, too, the database has ended the transaction
     * itself.
     */
    private void undo(Throwable fault) {
        try {
            handle.execute("rollback to savepoint twinstore");
            handle.execute("release savepoint twinstore");
        } catch (JdbiException e) {
            fault.addSuppressed(runner.translate(e));
        }
    }
}

package io.twinstore.storage.jdbi;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where a store gets its handle: from the pool, from a transaction, or from the host's connection.
 */
interface Handles {

    /** Runs work that reads. */
    <T extends @Nullable Object> T read(Work<T> work);

    /** Runs work that reads and may take its time over a result, in one snapshot. */
    <T extends @Nullable Object> T stream(Work<T> work);

    /**
     * Runs work that writes: all of it or, when it throws, nothing. It may run again after a
     * serialization failure.
     */
    <T extends @Nullable Object> T write(Work<T> work);

    /**
     * Refuses an operation that must see every session there is, in a transaction that only sees
     * those of its start.
     *
     * @throws io.twinstore.storage.TransactionException above read committed
     */
    void refuseSnapshot(String operation);

    /** Returns whether each {@link #write} is a transaction of its own. */
    boolean standAlone();

    /** Runs a call that finds its own connection; refused where the storage could not be used. */
    <T> T alone(Supplier<T> call);

    /** Tells tails of what was written, once that is committed. */
    void tell(Notice notice);

    /**
     * Returns the hub of the storage's tails.
     *
     * @throws io.twinstore.storage.TransactionException where somebody else ends the transaction
     */
    TailHub hub();

    /** Work on a handle. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {

        /** Does the work. */
        T on(Handle handle) throws SQLException;
    }
}

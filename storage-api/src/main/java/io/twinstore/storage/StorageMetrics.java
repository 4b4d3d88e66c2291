package io.twinstore.storage;

import java.util.function.Supplier;

/**
 * Is told of every operation of a storage, for the host's own meters; given to {@link
 * StorageOptions.Builder#metrics}.
 *
 * <p>Called on the thread that made the call, after the operation and before it returns, so it must
 * be quick; by any number of threads at once. What it throws is logged once and breaks nothing. The
 * texts that it is given are constants, few and always the same objects, so that a meter can be
 * looked up by them without making anything.
 */
@FunctionalInterface
public interface StorageMetrics {

    /** The outcome of an operation that returned. */
    String OK = "ok";

    /**
     * The outcome of one that threw what is no {@link StorageException}, the host's own work too.
     */
    String FAILED = "failed";

    /** Tells nobody. */
    StorageMetrics NONE = (operation, outcome, nanos) -> {};

    /**
     * An operation has ended. Appends that shared a commit are told of each by itself, and so are
     * the operations within a transaction, which is told of as {@code storage.transaction}.
     *
     * @param operation the store and the method, such as {@code sessions.append}; a name for good
     * @param outcome {@link #OK}, {@link #FAILED}, or the {@link ErrorCode} in lower case, such as
     *     {@code not_found}
     * @param nanos how long it took, in nanoseconds: waiting for a connection and the work that the
     *     caller handed in are part of it
     */
    void operation(String operation, String outcome, long nanos);

    /**
     * A storage was opened.
     *
     * @param pool how its connections stand whenever it is asked, without a call to the database; a
     *     pool of the host's own shows as nothing
     */
    default void opened(Supplier<StorageInfo.Pool> pool) {
        // Who only counts operations need not know.
    }
}

package io.twinstore.storage.jdbi;

import java.util.List;
import java.util.OptionalLong;

/** How an adapter writes the appends that a {@link Combiner} brings together. */
@FunctionalInterface
public interface Flushing {

    /**
     * Waits for what it takes to write: a connection, or the turn to write.
     *
     * @throws io.twinstore.storage.StorageException typed, when it cannot be had; nothing was
     *     written
     */
    Turn turn();

    /** What it takes to write, for one transaction. */
    interface Turn extends AutoCloseable {

        /**
         * Writes the requests in one transaction, in this order, all or none; when it returns, they
         * are committed. Called once.
         *
         * @param requests unconditional ones, or a single one of any kind; those of one lane
         * @return for each request, in the same order, the last sequence before its first message,
         *     or nothing when there is no live head that is as expected; that keeps no other
         *     request from being written
         * @throws io.twinstore.storage.OutcomeUnknownException when they may have been committed
         * @throws io.twinstore.storage.StorageException typed, when nothing was written
         */
        List<OptionalLong> write(List<AppendRequest> requests);

        /** Gives back what {@link #turn} waited for. It must not throw: the outcome is known. */
        @Override
        void close();
    }
}

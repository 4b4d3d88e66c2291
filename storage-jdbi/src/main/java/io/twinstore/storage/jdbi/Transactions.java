package io.twinstore.storage.jdbi;

import io.twinstore.storage.Isolation;
import io.twinstore.storage.StorageInfo;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/**
 * Where an adapter's handles come from, and how it begins and ends a transaction on one.
 *
 * <p>Every method may throw {@link SQLException} or a Jdbi exception; the engine translates them.
 */
public interface Transactions extends AutoCloseable {

    /** Lends a handle, outside a transaction, for reading. */
    Lease reading() throws SQLException;

    /** Lends a handle, outside a transaction, that may write. */
    Lease writing() throws SQLException;

    /**
     * Lends a handle to the host's own SQL, for as long as nothing else is written where only one
     * may write.
     */
    Lease lending() throws SQLException;

    /**
     * Ends what the host left open on a handle that was lent to it, be it begun by JDBC or by SQL.
     */
    void takeBack(Handle handle) throws SQLException;

    /** Begins a transaction that may write. */
    void begin(Handle handle, Isolation isolation) throws SQLException;

    /** Begins a transaction that only reads, so that a result can be streamed. */
    void beginReading(Handle handle) throws SQLException;

    /** Commits; when it throws, the outcome may be unknown. */
    void commit(Handle handle) throws SQLException;

    /** Rolls back whatever there is to roll back. */
    void rollback(Handle handle) throws SQLException;

    /** Returns how the connections stand. */
    StorageInfo.Pool pool();

    /** Closes every connection; leases that are out fail from now on. */
    @Override
    void close();

    /** A handle for as long as one call needs it. */
    interface Lease extends AutoCloseable {

        /** Returns the handle. */
        Handle handle();

        /** Gives the handle back. */
        @Override
        void close();
    }
}

package io.twinstore.storage.jdbi;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * How an adapter tells other processes that something was committed, and how it learns of what they
 * commit. A notice may be late or lost: tails look by themselves as well.
 */
public interface Notices extends AutoCloseable {

    /**
     * Tells the other processes, soon. Called after the commit by the thread that made it, so it
     * must neither wait nor throw.
     */
    void tell(Notice notice);

    /**
     * Tells the other processes once the handle's transaction is committed, which the host does.
     */
    void tellWithin(Handle handle, Notice notice) throws SQLException;

    /** Begins to listen; what is committed after it returned is noticed. */
    Watch watch() throws SQLException;

    /** Tells what is still to be told, and stops. */
    @Override
    void close();

    /** Listens for what other processes commit; for one thread, but for {@link #close}. */
    interface Watch extends AutoCloseable {

        /**
         * Waits until something was committed, and hands on what is known of it.
         *
         * @param atMost how long to wait
         * @throws SQLException when it can listen no longer
         */
        void await(Duration atMost, Consumer<Notice> consumer)
                throws SQLException, InterruptedException;

        /** Stops listening and ends a wait; by any thread. */
        @Override
        void close();
    }
}

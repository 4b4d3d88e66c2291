package io.twinstore.storage.jdbi;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** What it takes to work on a connection that the host brings, and to leave it as it was found. */
public interface HostConnections {

    /**
     * Refuses a connection that does not reach the storage's database or lacks a setting it needs.
     *
     * @throws io.twinstore.storage.InvalidValueException naming what is wrong
     */
    void check(Connection connection) throws SQLException;

    /**
     * Returns whether each statement in the connection's transaction sees what was committed before
     * it.
     */
    boolean seesLatest(Connection connection) throws SQLException;

    /**
     * Prepares the connection for one operation and returns what {@link #leave} needs to undo that.
     *
     * @param writes whether the operation may write
     */
    String enter(Handle handle, boolean writes);

    /**
     * Undoes {@link #enter}; not called when the operation failed, since its savepoint is rolled
     * back then.
     */
    void leave(Handle handle, String found);
}

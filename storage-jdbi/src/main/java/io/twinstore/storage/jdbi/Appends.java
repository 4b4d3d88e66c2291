package io.twinstore.storage.jdbi;

import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * The hot path of an adapter: bumps the head and adds the messages, on the bare connection.
 *
 * <p>The head comes first and stays locked until the commit. That makes the order of sequences the
 * order of commits, so a reader that follows sequences never skips one.
 */
public interface Appends {

    /**
     * Appends in a transaction of its own; when it returns, the messages are committed. Concurrent
     * callers may share one commit; then one of them tells of it all.
     *
     * @param committed is told by this thread of what its own commit wrote, one notice for each
     *     session; not called where another caller's commit wrote the messages, nor with what
     *     failed
     * @return the last sequence before the first message, or nothing when there is no live head
     *     that is as expected
     * @throws io.twinstore.storage.StorageException typed, when the database refuses
     */
    OptionalLong alone(AppendRequest request, Consumer<Notice> committed);

    /**
     * Appends in the handle's transaction; as {@link #alone}, but whoever began the transaction
     * ends it.
     *
     * @throws SQLException as the driver gave it
     */
    OptionalLong within(Handle handle, AppendRequest request) throws SQLException;
}

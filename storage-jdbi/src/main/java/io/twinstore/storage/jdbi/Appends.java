package io.twinstore.storage.jdbi;

import io.twinstore.storage.NewMessage;
import io.twinstore.storage.SessionId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The hot path of an adapter: bumps the head and adds the messages, on the bare connection.
 *
 * <p>The head comes first and stays locked until the commit. That makes the order of sequences the
 * order of commits, so a reader that follows sequences never skips one.
 */
public interface Appends {

    /**
     * Appends in a transaction of its own; when it returns, the messages are committed. Concurrent
     * callers may share one commit.
     *
     * @param expected the sequence that the transcript must end with, or null for any
     * @return the last sequence before the first message, or nothing when there is no live head
     *     that ends as expected
     * @throws io.twinstore.storage.StorageException typed, when the database refuses
     */
    OptionalLong alone(
            SessionId id, List<NewMessage> messages, @Nullable Long expected, Instant now);

    /**
     * Appends in the handle's transaction; as {@link #alone}, but whoever began the transaction
     * ends it.
     *
     * @throws SQLException as the driver gave it
     */
    OptionalLong within(
            Handle handle,
            SessionId id,
            List<NewMessage> messages,
            @Nullable Long expected,
            Instant now)
            throws SQLException;
}

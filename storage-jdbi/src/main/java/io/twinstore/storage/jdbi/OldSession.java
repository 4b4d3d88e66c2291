package io.twinstore.storage.jdbi;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.SessionId;
import java.time.Instant;

/**
 * A session that retention may be about, as it was seen without a lock.
 *
 * @param time where it stands in the order in which sessions are looked at
 * @param lastSeq how many messages were ever appended, which is what its removal costs
 */
public record OldSession(SessionId sessionId, ConfigId configId, Instant time, long lastSeq) {}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a session is indexed now.
 *
 * @param sessionId the session
 * @param indexedSeq up to where
 * @param since when the last message up to there was appended, or null where none was looked at
 */
public record IndexedSession(SessionId sessionId, long indexedSeq, @Nullable Instant since) {}

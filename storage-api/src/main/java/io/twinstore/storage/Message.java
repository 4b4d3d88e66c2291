package io.twinstore.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of a transcript; it never changes.
 *
 * @param sessionId the session it belongs to
 * @param sequence its place in the session, from 1, without gaps
 * @param role the string at {@code /role} of the body, or null where the body has none
 * @param body the JSON text, byte for byte as it was appended
 * @param createdAt when it was appended, by the clock of the process that did
 */
public record Message(
        SessionId sessionId, long sequence, @Nullable String role, Json body, Instant createdAt) {}

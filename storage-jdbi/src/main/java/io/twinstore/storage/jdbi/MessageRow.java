package io.twinstore.storage.jdbi;

import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code session_messages}. */
public record MessageRow(
        SessionId sessionId, long seq, @Nullable String role, Json body, Instant createdAt) {

    Message toMessage() {
        return new Message(sessionId, seq, role, body, createdAt);
    }
}

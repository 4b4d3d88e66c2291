package io.twinstore.storage.jdbi;

import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import java.time.Instant;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/** A head, with one of the messages that follow a sequence or with none, seen in one snapshot. */
public record TailRow(
        @Nested TailHead head,
        @Nullable Long seq,
        @Nullable String role,
        @Nullable Json body,
        @Nullable Instant createdAt) {

    /** Returns the message, or null where there is none. */
    @Nullable Message message() {
        return seq == null || body == null || createdAt == null
                ? null
                : new Message(head.sessionId(), seq, role, body, createdAt);
    }
}

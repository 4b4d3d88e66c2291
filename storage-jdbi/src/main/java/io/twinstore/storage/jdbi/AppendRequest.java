package io.twinstore.storage.jdbi;

import io.twinstore.storage.NewMessage;
import io.twinstore.storage.SessionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An append as the hot path takes it: checked, and with all that can be made ready before a lock is
 * held.
 *
 * @param session the session to append to
 * @param lines the messages, in order; at least one
 * @param expected the sequence that the transcript must end with, or null for any
 * @param fence the fencing token that the head must have, or null for any
 * @param now when the messages are appended
 */
public record AppendRequest(
        SessionId session,
        List<Line> lines,
        @Nullable Long expected,
        @Nullable Long fence,
        Instant now) {

    /**
     * A message as its row keeps it.
     *
     * @param role the role column, or null
     * @param body the JSON text
     */
    public record Line(@Nullable String role, String body) {

        static Line of(NewMessage message) {
            return new Line(MessageRole.of(message.body()), message.body().text());
        }
    }

    /** Returns whether any live head will do. */
    public boolean isUnconditional() {
        return expected == null && fence == null;
    }

    /** Returns how many messages it appends. */
    public int count() {
        return lines.size();
    }

    /** Returns how many characters its bodies have together. */
    long characters() {
        long characters = 0;
        for (Line line : lines) {
            characters += line.body().length();
        }
        return characters;
    }
}

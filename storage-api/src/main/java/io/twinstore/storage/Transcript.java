package io.twinstore.storage;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The current transcript of a session, whole, read in one instant.
 *
 * @param sessionId the session
 * @param messages its messages, oldest first
 */
public record Transcript(SessionId sessionId, List<Message> messages) {

    public Transcript {
        messages = List.copyOf(messages);
    }

    /**
     * Returns the bodies as the text of one JSON array, each byte for byte. It may exceed what
     * {@link Json} takes.
     */
    public String toJsonArray() {
        return messages.stream()
                .map(m -> m.body().text())
                .collect(Collectors.joining(",", "[", "]"));
    }
}

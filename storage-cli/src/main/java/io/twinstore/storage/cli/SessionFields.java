package io.twinstore.storage.cli;

import io.twinstore.storage.Participant;
import io.twinstore.storage.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How records look in the commands' JSON: names as in the API, instants in ISO 8601. */
final class SessionFields {

    private SessionFields() {}

    static Map<String, @Nullable Object> of(Session session) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", session.id().value());
        fields.put("configId", session.configId().value());
        fields.put("owner", text(session.owner()));
        fields.put("createdByApp", text(session.createdByApp()));
        fields.put("lastAccessedByApp", text(session.lastAccessedByApp()));
        fields.put("status", session.status().text());
        fields.put("metadata", session.metadata());
        fields.put("version", session.version());
        fields.put("lastSequence", session.lastSequence());
        fields.put("messageCount", session.messageCount());
        fields.put("createdAt", text(session.createdAt()));
        fields.put("updatedAt", text(session.updatedAt()));
        fields.put("lastAccessedAt", text(session.lastAccessedAt()));
        fields.put("lastActivityAt", text(session.lastActivityAt()));
        fields.put("lastMessageAt", text(session.lastMessageAt()));
        return fields;
    }

    static Map<String, @Nullable Object> of(Participant participant) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("userId", participant.userId().value());
        fields.put("role", participant.role().text());
        fields.put("joinedAt", text(participant.joinedAt()));
        fields.put("lastActiveAt", text(participant.lastActiveAt()));
        fields.put("permissions", participant.permissions());
        return fields;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : Objects.toString(value);
    }
}

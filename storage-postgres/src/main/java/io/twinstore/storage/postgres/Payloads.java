package io.twinstore.storage.postgres;

import io.twinstore.storage.Json;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.UserId;
import io.twinstore.storage.jdbi.Notice;
import io.twinstore.storage.spi.JsonQuoting;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a notice: a JSON object, documented in docs/tail.md for whoever listens. Its
 * longest is below the 8,000 bytes that the server takes.
 */
final class Payloads {

    private final String schema;

    /** Tells this storage's own notices, of whose commits its tails were told without them. */
    private final String source = UUID.randomUUID().toString();

    Payloads(String schema) {
        this.schema = schema;
    }

    /** Writes a notice of a commit of which this storage's tails were told. */
    String write(Notice notice) {
        return write(notice, source);
    }

    /**
     * Writes a notice for the host to commit: it names no source, since this storage's own tails
     * hear of that commit as all others do.
     */
    String writeWithin(Notice notice) {
        return write(notice, null);
    }

    private String write(Notice notice, @Nullable String from) {
        StringBuilder out = new StringBuilder(200).append('{');
        text(out, "action", notice.action());
        text(out, "session_id", notice.session() == null ? null : notice.session().value());
        text(out, "user_id", notice.user() == null ? null : notice.user().value());
        if (notice.config() != null) {
            text(out, "config_id", notice.config().value());
        }
        if (notice.lastSequence() > 0) {
            out.append(",\"last_sequence\":").append(notice.lastSequence());
        }
        text(out, "schema", schema);
        text(out, "source", from);
        return out.append('}').toString();
    }

    private static void text(StringBuilder out, String name, @Nullable String value) {
        out.append(out.length() == 1 ? "\"" : ",\"").append(name).append("\":");
        if (value == null) {
            out.append("null");
        } else {
            JsonQuoting.append(out, value);
        }
    }

    /**
     * Reads what a storage on the same schema told, or another program that knows the format.
     *
     * @return nothing for this storage's own notices, for other schemas, and for what is no notice
     */
    Optional<Notice> read(String payload) {
        try {
            Json json = Json.of(payload);
            if (!text(json, "schema").equals(Optional.of(schema))
                    || text(json, "source").equals(Optional.of(source))) {
                return Optional.empty();
            }
            return Optional.of(
                    new Notice(
                            text(json, "action").orElse(""),
                            text(json, "session_id").map(SessionId::of).orElse(null),
                            text(json, "user_id").map(UserId::of).orElse(null),
                            null,
                            0));
        } catch (StorageException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Json json, String name) {
        return json.at("/" + name)
                .map(Json::toJava)
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }
}

package io.twinstore.storage.cli;

import io.twinstore.storage.Config;
import io.twinstore.storage.Json;
import io.twinstore.storage.Membership;
import io.twinstore.storage.Participant;
import io.twinstore.storage.Session;
import io.twinstore.storage.StorageInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the demo did.
 *
 * @param info the database it ran on
 * @param config the config it created
 * @param session the session it created, as it is at the end
 * @param source what to call the conversation that it appended
 * @param bytes how long the conversation is, in bytes of UTF-8
 * @param appending how long appending took
 * @param sentTwice whether a message was sent again with its key, and kept once
 * @param followed what a second process saw meanwhile, or null where there was nothing to see
 * @param readBack what was read back, the same byte for byte
 * @param guarded what one who may only read found, and was refused
 * @param participants who takes part
 * @param sessions the owner's sessions, a page of them
 * @param sessionCount how many sessions the owner has
 * @param elapsed how long everything took, opening included
 */
record DemoOutcome(
        StorageInfo info,
        Config config,
        Session session,
        String source,
        long bytes,
        Duration appending,
        boolean sentTwice,
        @Nullable Followed followed,
        ReadBack readBack,
        Guarded guarded,
        List<Participant> participants,
        List<Membership> sessions,
        long sessionCount,
        Duration elapsed) {

    /** Returns the object that {@code demo --json} prints. */
    Json toJson() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("database", info.database());
        fields.put("location", info.location());
        fields.put("created", info.created());
        fields.put("configId", config.id().value());
        fields.put("sessionId", session.id().value());
        fields.put("messages", readBack.count());
        fields.put("lastSequence", session.lastSequence());
        fields.put("followed", followed == null ? 0 : followed.messages());
        fields.put("searchHits", guarded.hits());
        fields.put("participants", participants.size());
        fields.put("ownerSessions", sessionCount);
        fields.put("elapsedMs", elapsed.toMillis());
        return Json.from(fields);
    }
}

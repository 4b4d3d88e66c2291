package io.twinstore.storage.jdbi;

import io.twinstore.storage.Secret;
import java.time.Instant;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/** An application as one of its keys finds it, with what decides whether that key is good. */
public record KeyedApplicationRow(
        @Nested ApplicationRow application, Secret keyHash, @Nullable Instant expiresAt) {

    /** Returns whether a key of the right hash is good now. */
    boolean isUsable(Instant now) {
        return application.active() && (expiresAt == null || now.isBefore(expiresAt));
    }
}

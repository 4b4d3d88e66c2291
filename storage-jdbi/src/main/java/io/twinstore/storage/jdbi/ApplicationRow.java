package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code applications}, with how its latest key begins. */
public record ApplicationRow(
        AppId appId,
        String name,
        boolean active,
        Json settings,
        @Nullable String keyPrefix,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    Application toApplication() {
        return new Application(
                appId, name, active, settings, keyPrefix, version, createdAt, updatedAt);
    }
}

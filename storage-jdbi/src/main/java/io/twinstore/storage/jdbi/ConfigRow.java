package io.twinstore.storage.jdbi;

import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code configs}. */
public record ConfigRow(
        ConfigId configId,
        String name,
        @Nullable String description,
        String yamlContent,
        Json tags,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {

    Config toConfig() {
        return new Config(
                configId,
                name,
                description,
                yamlContent,
                tags,
                version,
                createdAt,
                updatedAt,
                deletedAt);
    }
}

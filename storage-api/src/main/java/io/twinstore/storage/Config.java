package io.twinstore.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bundle configuration, as it stood when it was read.
 *
 * @param id its id
 * @param name a name of 1 to 255 characters; not unique
 * @param description free text of up to 10,000 characters, or null
 * @param yaml the YAML text, byte for byte as it was given
 * @param tags an object by which configs are found; kept by meaning
 * @param version 1 at creation, one more at each change
 * @param createdAt when it was created
 * @param updatedAt when it last changed; never goes back
 * @param deletedAt when it was deleted, or null while it is live
 */
public record Config(
        ConfigId id,
        String name,
        @Nullable String description,
        String yaml,
        Json tags,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {}

package io.twinstore.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An application that calls the host with an API key of its own, as it stood when it was read. It
 * holds neither the key nor its hash.
 *
 * @param id its id
 * @param name a name of 1 to 255 characters; not unique
 * @param active whether its keys are good at all
 * @param settings an object that the host keeps for it; kept by meaning
 * @param keyPrefix how its latest key begins, to tell keys apart; null where the key was imported
 *     as a hash and has not been used since
 * @param version 1 at creation, one more at each change and at each new key
 * @param createdAt when it was created
 * @param updatedAt when it last changed; never goes back
 */
public record Application(
        AppId id,
        String name,
        boolean active,
        Json settings,
        @Nullable String keyPrefix,
        long version,
        Instant createdAt,
        Instant updatedAt) {}

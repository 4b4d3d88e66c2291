package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * A partial change of a config; what is not named stays as it is.
 *
 * @param name the new name, or null to leave it
 * @param description the new description, or null to leave it
 * @param yaml the new content, or null to leave it
 * @param tags the new tags, all of them, or null to leave them
 * @param expectedVersion the version that the config must have, or null for any
 */
public record ConfigUpdate(
        @Nullable String name,
        @Nullable Change<String> description,
        @Nullable String yaml,
        @Nullable Json tags,
        @Nullable Long expectedVersion) {

    /** Starts an update that changes nothing yet. */
    public static ConfigUpdate nothing() {
        return new ConfigUpdate(null, null, null, null, null);
    }

    /** Changes the name. */
    public ConfigUpdate name(String value) {
        return new ConfigUpdate(value, description, yaml, tags, expectedVersion);
    }

    /** Changes the description. */
    public ConfigUpdate description(String value) {
        return new ConfigUpdate(name, new Change<>(value), yaml, tags, expectedVersion);
    }

    /** Empties the description. */
    public ConfigUpdate noDescription() {
        return new ConfigUpdate(name, new Change<>(null), yaml, tags, expectedVersion);
    }

    /** Changes the content. */
    public ConfigUpdate yaml(String value) {
        return new ConfigUpdate(name, description, value, tags, expectedVersion);
    }

    /** Replaces all tags. */
    public ConfigUpdate tags(Json value) {
        return new ConfigUpdate(name, description, yaml, value, expectedVersion);
    }

    /** Makes the update a {@link ConflictException} unless the config still has this version. */
    public ConfigUpdate expectVersion(long version) {
        return new ConfigUpdate(name, description, yaml, tags, version);
    }
}

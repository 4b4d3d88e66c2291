package io.twinstore.storage;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A config to create. Values are checked when it is created, so that all bounds stand in one place.
 *
 * @param id its id, or null for one that the library makes
 * @param name 1 to 255 characters
 * @param description up to 10,000 characters, or null
 * @param yaml well-formed YAML of up to 10 MB, possibly empty
 * @param tags a JSON object of up to 16 MB
 */
public record NewConfig(
        @Nullable ConfigId id, String name, @Nullable String description, String yaml, Json tags) {

    /**
     * Takes what is given as it is, null where that is not allowed apart.
     *
     * @throws NullPointerException for a null that has no meaning
     */
    public NewConfig {
        requireNonNull(name, "name");
        requireNonNull(yaml, "yaml");
        requireNonNull(tags, "tags");
    }

    /** Starts a config with this name, no content and no tags. */
    public static NewConfig named(String name) {
        return new NewConfig(null, name, null, "", Json.emptyObject());
    }

    /** Gives the config this id. */
    public NewConfig id(ConfigId value) {
        return new NewConfig(value, name, description, yaml, tags);
    }

    /** Gives the config this description. */
    public NewConfig description(String value) {
        return new NewConfig(id, name, value, yaml, tags);
    }

    /** Gives the config this content. */
    public NewConfig yaml(String value) {
        return new NewConfig(id, name, description, value, tags);
    }

    /** Replaces all tags. */
    public NewConfig tags(Json value) {
        return new NewConfig(id, name, description, yaml, value);
    }

    /** Adds one tag to those given so far. */
    public NewConfig tag(String key, String value) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (tags.toJava() instanceof Map<?, ?> given) {
            given.forEach((k, v) -> all.put((String) k, v));
        }
        all.put(key, value);
        return tags(Json.from(all));
    }
}

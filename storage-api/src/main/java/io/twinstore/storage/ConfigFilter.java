package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * Which configs to list or count; every condition must hold.
 *
 * @param name the exact name, or null for any
 * @param tags an object that the tags must contain, in the sense of PostgreSQL's {@code @>}, or
 *     null for any
 * @param visibility live ones by default
 */
public record ConfigFilter(@Nullable String name, @Nullable Json tags, Visibility visibility) {

    /** Returns the filter that lets every live config through. */
    public static ConfigFilter all() {
        return new ConfigFilter(null, null, Visibility.LIVE);
    }

    /** Lets only configs of exactly this name through. */
    public ConfigFilter named(String value) {
        return new ConfigFilter(value, tags, visibility);
    }

    /** Lets only configs through whose tags contain this object. */
    public ConfigFilter tagged(Json value) {
        return new ConfigFilter(name, value, visibility);
    }

    /** Chooses live configs, deleted ones or both. */
    public ConfigFilter visibility(Visibility value) {
        return new ConfigFilter(name, tags, value);
    }
}

package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * Which users to list or count.
 *
 * @param metadata an object that the metadata must contain, in the sense of PostgreSQL's
 *     {@code @>}, or null for any
 */
public record UserFilter(@Nullable Json metadata) {

    /** Returns the filter that lets every user through. */
    public static UserFilter all() {
        return new UserFilter(null);
    }

    /** Lets only users through whose metadata contains this object. */
    public UserFilter metadata(Json value) {
        return new UserFilter(value);
    }
}

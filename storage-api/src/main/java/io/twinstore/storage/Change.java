package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * A new value for a field that may be empty; tells "set to nothing" from "leave alone", which is
 * the absence of a change.
 *
 * @param value the new value, or null to empty the field
 */
public record Change<T>(@Nullable T value) {}

package io.twinstore.storage.jdbi;

import org.jspecify.annotations.Nullable;

/**
 * The row of {@code search_state}.
 *
 * @param language the stored form of the language, or null before anybody chose one
 * @param epoch moves with the language
 */
public record SearchStateRow(@Nullable String language, long epoch) {}

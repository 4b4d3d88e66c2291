package io.twinstore.storage.search;

import org.jspecify.annotations.Nullable;

/**
 * A word in the form in which it is searched.
 *
 * @param folded the word in lower case, folded, neither stemmed nor encoded: what it is known by
 * @param text the term
 * @param raw the word as a term without stemming, behind {@link Marks#RAW}; null where the term
 *     says as much
 */
record Term(String folded, String text, @Nullable String raw) {}

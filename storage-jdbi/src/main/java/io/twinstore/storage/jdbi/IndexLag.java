package io.twinstore.storage.jdbi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the search index is behind.
 *
 * @param sessions how many sessions have messages that are not indexed
 * @param messages how many messages these are
 * @param since the oldest of them was appended at this time or later; null when there is none
 */
public record IndexLag(long sessions, long messages, @Nullable Instant since) {}

package io.twinstore.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the search index is behind the appends. Searches are complete all the same: they read
 * what is not indexed yet.
 *
 * @param sessions how many sessions have messages that are not indexed, deleted sessions included;
 *     of more than 10,000 so many are looked at
 * @param messages how many messages these sessions lack, those of earlier generations left out
 * @param since the oldest of them was appended at this time or later; null when there is none, or
 *     none was looked at since the index was to be made anew
 */
public record IndexLag(long sessions, long messages, @Nullable Instant since) {}

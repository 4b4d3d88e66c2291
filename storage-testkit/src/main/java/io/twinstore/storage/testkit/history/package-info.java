/**
 * Histories of many clients that append to shared lists, and the checker that finds what a storage
 * did wrong in them.
 *
 * <p>Clients ({@link io.twinstore.storage.testkit.history.HistoryClient}), in one process or in
 * many, append messages that say who they are, and note each call and its outcome in a {@link
 * io.twinstore.storage.testkit.history.Recording} that outlives a killed process. In the end {@link
 * io.twinstore.storage.testkit.history.HistoryChecker} compares the notes with what the storage
 * holds.
 */
@NullMarked
package io.twinstore.storage.testkit.history;

import org.jspecify.annotations.NullMarked;

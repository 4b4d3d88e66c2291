package io.twinstore.storage.jdbi;

import org.jspecify.annotations.Nullable;

/**
 * What a locked row of {@code session_heads} says; it stays true until the transaction ends.
 *
 * @param incarnation tells sessions apart that had the same id one after the other
 */
public record HeadRow(
        long lastSeq,
        long baseSeq,
        long messageCount,
        long fence,
        boolean deleted,
        long incarnation) {

    static boolean isLive(@Nullable HeadRow head) {
        return head != null && !head.deleted;
    }
}

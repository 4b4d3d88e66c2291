package io.twinstore.storage;

/**
 * Which records a filter lets through, as to deletion. A session under a deleted config counts as
 * deleted.
 */
public enum Visibility {
    /** Those that are not deleted. */
    LIVE,
    /** Those that are deleted and can be restored. */
    DELETED,
    /** Both. */
    ANY
}

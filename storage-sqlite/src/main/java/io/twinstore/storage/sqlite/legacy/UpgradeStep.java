package io.twinstore.storage.sqlite.legacy;

/** What an upgrade has just done. */
enum UpgradeStep {
    LOCKED,
    CLEARED,
    MADE,
    LOADED,
    COMMITTED,
    PROVEN,
    SETTLED,
    BACKED_UP,
    SWAPPED
}

package io.twinstore.storage.sqlite;

import java.nio.file.Path;

/**
 * Keeps the threads of this process from opening a file while one of them upgrades it. SQLite's
 * locks keep other processes off; but whoever closes the file in the same process, if only to have
 * looked at its first bytes, drops them all.
 */
final class UpgradeTurn {

    private static final Object[] TURNS = new Object[16];

    static {
        for (int i = 0; i < TURNS.length; i++) {
            TURNS[i] = new Object();
        }
    }

    private UpgradeTurn() {}

    /** Returns what to hold while the file is looked at or upgraded; others may share it. */
    static Object of(Path file) {
        return TURNS[Math.floorMod(file.hashCode(), TURNS.length)];
    }
}

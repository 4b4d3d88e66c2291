package io.twinstore.storage;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Remembers which tails have a listener or a subscriber: a second one would take events that the
 * first then never sees. Forgets a tail that nobody refers to any more.
 */
final class TailOwners {

    private static final Map<Tail, Boolean> TAKEN =
            Collections.synchronizedMap(new WeakHashMap<>());

    private TailOwners() {}

    /**
     * Takes the tail, for good.
     *
     * @return whether nobody had taken it before
     */
    static boolean take(Tail tail) {
        return TAKEN.putIfAbsent(tail, true) == null;
    }

    static IllegalStateException taken() {
        return new IllegalStateException(
                "This tail has one listener or subscriber already, and hands out each event once. Open another tail.");
    }
}

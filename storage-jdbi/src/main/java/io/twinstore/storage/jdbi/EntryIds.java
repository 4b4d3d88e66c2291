package io.twinstore.storage.jdbi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The ids of index entries: the time of the message, in slots of 65 ms, and behind it 21 bits that
 * tell the entries of a slot apart. So an index that walks its ids backwards meets the newest
 * messages first, and whoever has a whole slot can order it by anything.
 */
public final class EntryIds {

    private static final int SLOT_BITS = 16;
    private static final int PLACE_BITS = 21;
    private static final long PLACES = (1L << PLACE_BITS) - 1;

    private EntryIds() {}

    /** Returns the microseconds since 1970. */
    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** Returns the instant that was so many microseconds after 1970. */
    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Returns the lowest id of messages of this time. */
    static long first(long micros) {
        return (micros >> SLOT_BITS) << PLACE_BITS;
    }

    /** Returns an id above those of messages of this time. */
    static long above(long micros) {
        return ((micros >> SLOT_BITS) + 1) << PLACE_BITS;
    }

    /** Returns the lowest id of the slot that the id is in. */
    static long slotOf(long id) {
        return id & ~PLACES;
    }

    /**
     * Returns where an entry should stand, if nobody stands there yet. The chunks of a message are
     * spread, too: side by side, thousands of them would each be moved past all before.
     */
    static long suggested(String session, long sequence, int chunk, long micros) {
        long mixed = mixed(mixed(mixed(session.hashCode()) + sequence) + chunk);
        return first(micros) | (mixed >>> (Long.SIZE - PLACE_BITS));
    }

    /** The finalizer of SplitMix64: numbers side by side end up far from each other. */
    private static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns the next place in the slot, for an id that is taken. */
    public static long next(long id) {
        return slotOf(id) | ((id + 1) & PLACES);
    }
}

package io.twinstore.storage.jdbi;

import java.util.concurrent.TimeUnit;

/**
 * When a tail may read again: after trouble ever later, and who takes part where for a share of the
 * time only, since finding that out grows with the number of sessions. Not thread-safe.
 */
final class TailPacing {

    private static final long LONGEST_RETRY = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_RETRY = TimeUnit.MILLISECONDS.toNanos(20);

    /** Memberships take one of so many parts of the time. */
    private static final int SHARE = 4;

    private long notBefore = System.nanoTime();
    private long membershipsNotBefore = notBefore;
    private long retry;

    boolean mayLook(long now) {
        return now - notBefore >= 0;
    }

    boolean mayReadMemberships(long now) {
        return now - membershipsNotBefore >= 0;
    }

    /** Returns how many nanoseconds it is until the tail may look at a session. */
    long untilLook(long now) {
        return notBefore - now;
    }

    /** Returns how many nanoseconds it is until the tail may read memberships. */
    long untilMemberships(long now) {
        return Math.max(notBefore - now, membershipsNotBefore - now);
    }

    /** Notes that there was nobody to read. */
    void noReader(long now) {
        notBefore = now + LONGEST_RETRY;
    }

    /** Notes trouble that is to be waited out. */
    void trouble(long now) {
        retry = Math.min(LONGEST_RETRY, Math.max(FIRST_RETRY, 2 * retry));
        notBefore = now + retry;
    }

    /**
     * Notes that reading worked, and how many nanoseconds of it memberships took: none where they
     * were not read.
     */
    void worked(long now, long membershipsTook) {
        retry = 0;
        if (membershipsTook == 0) {
            return;
        }
        membershipsNotBefore = now + Math.min(LONGEST_RETRY, (SHARE - 1) * membershipsTook);
    }
}

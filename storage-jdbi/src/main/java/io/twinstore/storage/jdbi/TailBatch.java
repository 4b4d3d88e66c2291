package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.TailEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One round of reading for a tail: where it has to look, and what it found. Whatever could not be
 * looked at, since the page is full or the database is away, is left to the next round.
 */
final class TailBatch {

    private final LinkedHashSet<SessionId> toLookAt;
    private final Set<SessionId> again = new LinkedHashSet<>();
    private final List<TailEvent> events = new ArrayList<>();
    private boolean memberships;
    private long membershipsTook;
    private long bytes;

    /**
     * @param memberships whether it is to be found out which sessions the user takes part in
     */
    TailBatch(Collection<SessionId> toLookAt, boolean memberships) {
        this.toLookAt = new LinkedHashSet<>(toLookAt);
        this.memberships = memberships;
    }

    /** Reads until there is a page of events or nothing more to look at. */
    void read(TailReading reading) {
        if (memberships) {
            memberships = false;
            long begin = System.nanoTime();
            try {
                reading.readMemberships(this);
            } catch (RuntimeException | Error e) {
                memberships = true;
                throw e;
            }
            membershipsTook = System.nanoTime() - begin;
        }
        while (hasRoom() && !toLookAt.isEmpty()) {
            SessionId id = toLookAt.iterator().next();
            toLookAt.remove(id);
            // Where it fails it comes last, so that the other sessions do not wait for it.
            again.add(id);
            if (!reading.look(id, this)) {
                again.remove(id);
            }
        }
    }

    private boolean hasRoom() {
        return events.size() < TailReading.PAGE && bytes < TailReading.PAGE_BYTES;
    }

    /** Returns how many events there is room for, at least one. */
    int roomEvents() {
        return Math.max(1, TailReading.PAGE - events.size());
    }

    /** Returns how many bytes of messages there is room for, at least one. */
    long roomBytes() {
        return Math.max(1, TailReading.PAGE_BYTES - bytes);
    }

    void tell(TailEvent event) {
        events.add(event);
        if (event instanceof TailEvent.MessageAppended appended) {
            bytes += appended.message().body().utf8Length();
        }
    }

    void lookAt(SessionId id) {
        toLookAt.add(id);
    }

    void readMembershipsAgain() {
        memberships = true;
    }

    /** Returns how many nanoseconds it took to find out memberships. */
    long membershipsTook() {
        return membershipsTook;
    }

    /** Returns what was found, in order. */
    List<TailEvent> events() {
        return events;
    }

    /** Returns where the next round has to look. */
    Set<SessionId> rest() {
        Set<SessionId> rest = new LinkedHashSet<>(toLookAt);
        rest.addAll(again);
        return rest;
    }

    /** Returns whether the next round has to find out memberships. */
    boolean restOfMemberships() {
        return memberships;
    }
}

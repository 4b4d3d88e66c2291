package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A tail whose reading is done by the hub's threads, and only while somebody waits for the next
 * event. So a time-out holds and an interrupt or a close is answered at once, whatever the database
 * does, and a tail that nobody asks costs nothing.
 *
 * <p>A wake-up only adds to the sessions to look at, under the lock. That set is emptied before a
 * round of reading begins, so what is committed after the round's snapshot is found in the set
 * after the round, and no wake-up is lost between looking and waiting.
 */
final class LiveTail implements Tail {

    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private final TailHub hub;
    private final TailReading reading;
    private final TailScope scope;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<TailEvent> ready = new ArrayDeque<>();
    private final Map<SessionId, Long> positions;
    private final TailPacing pacing = new TailPacing();
    private final TailFaults faults = new TailFaults();
    private Set<SessionId> toLookAt = new LinkedHashSet<>();
    private boolean membershipsDue;
    private boolean waiting;
    private boolean urgent;
    private boolean roundUnderWay;
    private @Nullable String closed;

    LiveTail(TailHub hub, TailReading reading, TailScope scope, Map<SessionId, Long> positions) {
        this.hub = hub;
        this.reading = reading;
        this.scope = scope;
        this.positions = new LinkedHashMap<>(positions);
    }

    @Override
    public Optional<TailEvent> next(Duration timeout) throws InterruptedException {
        hub.refuseInside();
        long start = System.nanoTime();
        long wait = nanos(timeout);
        lock.lockInterruptibly();
        try {
            if (waiting) {
                throw new IllegalStateException("Another thread waits for this tail's next event.");
            }
            waiting = true;
            try {
                if (wait == 0 && ready.isEmpty()) {
                    lookEverywhere();
                    // It looks once, whatever is to be spared otherwise.
                    urgent = true;
                }
                return await(start, wait);
            } finally {
                urgent = false;
                waiting = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private static long nanos(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        // Half of what a long holds, so that adding to it cannot overflow.
        return timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE / 4)) > 0
                ? Long.MAX_VALUE / 4
                : timeout.toNanos();
    }

    private Optional<TailEvent> await(long start, long wait) throws InterruptedException {
        boolean looked = false;
        while (true) {
            if (closed != null) {
                throw new StorageClosedException(closed);
            }
            TailEvent event = ready.poll();
            if (event != null) {
                handOut(event);
                return Optional.of(event);
            }
            faults.throwFailure();
            long now = System.nanoTime();
            if (!looked || now - start < wait) {
                looked |= beginRound(now);
            }
            long rest = wait - (now - start) + (roundUnderWay ? GRACE : 0);
            if (rest <= 0) {
                return Optional.empty();
            }
            changed.awaitNanos(untilRound(now, rest));
        }
    }

    /** Returns how long to wait: until the next round may begin, if there is need for one. */
    private long untilRound(long now, long rest) {
        if (roundUnderWay || (toLookAt.isEmpty() && !membershipsDue)) {
            return rest;
        }
        long begin = toLookAt.isEmpty() ? pacing.untilMemberships(now) : pacing.untilLook(now);
        return Math.max(1, Math.min(rest, begin));
    }

    private void handOut(TailEvent event) {
        if (event instanceof TailEvent.MessageAppended appended) {
            positions.put(event.sessionId(), appended.message().sequence());
        } else if (event instanceof TailEvent.SessionPurged) {
            positions.remove(event.sessionId());
            if (scope.only() != null) {
                end("The session was purged, and with it its tail ended.");
            }
        } else if (event instanceof TailEvent.ParticipantRemoved removed
                && scope.endsWithout(removed.user())) {
            end("The user takes part in the session no more, and so the user's tail ended.");
        }
    }

    private void lookEverywhere() {
        if (scope.only() == null) {
            membershipsDue = true;
        } else {
            toLookAt.add(scope.only());
        }
    }

    /** Notes that there may be something new in a session. */
    void changed(SessionId id) {
        lock.lock();
        try {
            toLookAt.add(id);
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** Notes that there may be something new anywhere. */
    void changedAnywhere() {
        lock.lock();
        try {
            lookEverywhere();
            wake();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (waiting && ready.isEmpty()) {
            beginRound(System.nanoTime());
            if (!roundUnderWay) {
                changed.signalAll();
            }
        }
    }

    /** Begins a round if there is need for one and it is time, and returns whether it did. */
    private boolean beginRound(long now) {
        boolean spared = urgent && !faults.isTrouble();
        boolean memberships = membershipsDue && (spared || pacing.mayReadMemberships(now));
        if (roundUnderWay
                || closed != null
                || (toLookAt.isEmpty() && !memberships)
                || !(spared || pacing.mayLook(now))) {
            return false;
        }
        TailBatch batch = new TailBatch(toLookAt, memberships);
        if (!hub.run(() -> round(batch))) {
            pacing.noReader(now);
            return false;
        }
        roundUnderWay = true;
        toLookAt = new LinkedHashSet<>();
        membershipsDue &= !memberships;
        return true;
    }

    /** Reads, on a thread of the hub; however that ends, the next round can begin. */
    private void round(TailBatch batch) {
        Throwable problem = null;
        try {
            if (!isClosed()) {
                batch.read(reading);
            }
        } catch (Throwable e) {
            problem = e;
        }
        lock.lock();
        try {
            roundUnderWay = false;
            takeOver(batch);
            settle(problem, batch.membershipsTook());
        } catch (RuntimeException | Error e) {
            // What was read may be lost, and must not be missed without a word.
            faults.fail(e);
            end("The tail was ended, since what it read was lost. Open one at its positions.");
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void takeOver(TailBatch batch) {
        if (closed == null) {
            ready.addAll(batch.events());
        }
        membershipsDue |= batch.restOfMemberships();
        Set<SessionId> rest = batch.rest();
        rest.addAll(toLookAt);
        toLookAt = rest;
    }

    private void settle(@Nullable Throwable problem, long membershipsTook) {
        long now = System.nanoTime();
        if (faults.settle(problem)) {
            pacing.trouble(now);
            return;
        }
        if (problem == null) {
            hub.reachable();
        }
        pacing.worked(now, membershipsTook);
    }

    @Override
    public Map<SessionId, Long> positions() {
        lock.lock();
        try {
            return Map.copyOf(positions);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<StorageException> trouble() {
        lock.lock();
        try {
            return faults.trouble().or(hub::trouble);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isClosed() {
        lock.lock();
        try {
            return closed != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        end("The tail is closed.");
    }

    /** Ends the tail; whoever waits is told why. */
    void end(String reason) {
        lock.lock();
        try {
            if (closed != null) {
                return;
            }
            closed = reason;
            ready.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        hub.forget(this);
    }
}

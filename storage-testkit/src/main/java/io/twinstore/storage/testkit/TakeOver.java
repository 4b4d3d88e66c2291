package io.twinstore.storage.testkit;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A holder whose lease has expired appends from several threads while another takes the session
 * over.
 */
final class TakeOver {

    /** How often each thread appends before it waits for the take-over; another may be starved. */
    private static final int EAGER = 100;

    private final SessionStore former;
    private final SessionLease lease;
    private final CountDownLatch underWay;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger acknowledged = new AtomicInteger();

    /**
     * @param former the store of the former holder
     * @param lease its lease, which has expired
     * @param threads how many threads will append with it
     */
    TakeOver(SessionStore former, SessionLease lease, int threads) {
        this.former = former;
        this.lease = lease;
        this.underWay = new CountDownLatch(threads);
    }

    /** Takes the session while the others append, and appends as the next holder. */
    Appended takeOver(SessionStore sessions) throws InterruptedException {
        await(underWay);
        try {
            SessionLease next = sessions.acquire(lease.sessionId(), "other", Duration.ofMinutes(1));
            over.countDown();
            return sessions.append(
                    lease.sessionId(),
                    List.of(NewMessage.of("\"next\"")),
                    AppendOptions.fenced(next.token()));
        } finally {
            over.countDown();
        }
    }

    /** Appends as the former holder until it is refused, which is what it throws. */
    Appended appendAsFormer() throws InterruptedException {
        for (int i = 0; i < EAGER; i++) {
            append();
            underWay.countDown();
        }
        await(over);
        append();
        throw new AssertionError("A stale token is not refused.");
    }

    private void append() {
        former.append(
                lease.sessionId(),
                List.of(NewMessage.of("\"former\"")),
                AppendOptions.fenced(lease.token()));
        acknowledged.incrementAndGet();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(Together.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The other side does not come.");
        }
    }

    /** Returns how many appends of the former holder were acknowledged. */
    int acknowledged() {
        return acknowledged.get();
    }
}

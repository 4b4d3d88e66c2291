package io.twinstore.storage.jdbi;

import static io.twinstore.storage.jdbi.CombinerTest.SESSION;
import static io.twinstore.storage.jdbi.CombinerTest.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens to a leader alone, and leaves those behind it to lead for themselves. */
class CombinerLeaderTest {

    private final HeldFlushing flushing = new HeldFlushing();
    private final Combiner combiner =
            new Combiner(
                    AppendRequest::session,
                    flushing,
                    new CombinerOptions(
                            100, 1_000, 100_000, 1_000, 1_000_000, Duration.ofSeconds(60)));

    @Test
    void anInterruptOfTheLeaderIsItsOwn() throws Exception {
        Caller holder = Caller.started(combiner, request("holder"));
        HeldFlushing.Held first = flushing.next();
        Caller leader = Caller.queued(combiner, request("leader"));
        Caller other = Caller.queued(combiner, request("other"));
        flushing.refuseTurns(
                () -> {
                    Thread waiting = Thread.currentThread();
                    if (waiting == leader.thread()) {
                        waiting.interrupt();
                        return new StorageBusyException("interrupted");
                    }
                    return new StorageUnavailableException("somebody else");
                });
        first.commit(0);

        assertThat(leader.error()).isInstanceOf(StorageBusyException.class);
        assertThat(other.error())
                .as("it tried for itself")
                .isInstanceOf(StorageUnavailableException.class);
        assertThat(holder.answer()).hasValue(0);
    }

    @Test
    void theLeadersTurnThatDidNotComeIsItsOwn() throws Exception {
        Caller holder = Caller.started(combiner, request("holder"));
        HeldFlushing.Held first = flushing.next();
        Caller leader = Caller.queued(combiner, request("leader"));
        Caller other = Caller.queued(combiner, request("other"));
        flushing.refuseTurns(
                () ->
                        Thread.currentThread() == leader.thread()
                                ? new StorageBusyException("waited in vain")
                                : new StorageUnavailableException("somebody else"));
        first.commit(0);

        assertThat(leader.error()).isInstanceOf(StorageBusyException.class);
        assertThat(other.error())
                .as("it tried for itself")
                .isInstanceOf(StorageUnavailableException.class);
        assertThat(holder.answer()).hasValue(0);
    }

    @Test
    void theLeaderWritesWithItsInterruptTakenOff() throws Exception {
        Caller holder = Caller.started(combiner, request("holder"));
        HeldFlushing.Held first = flushing.next();
        Caller leader = Caller.queued(combiner, request("leader"));
        flushing.atTurns(() -> leader.thread().interrupt());
        first.commit(0);
        HeldFlushing.Held batch = flushing.next();

        assertThat(batch.interrupted()).as("interrupted while it writes").isFalse();
        batch.commit(1);
        assertThat(leader.answer()).hasValue(1);
        assertThat(leader.wasInterrupted()).as("interrupted afterwards").isTrue();
        assertThat(holder.answer()).hasValue(0);
    }

    @Test
    void whoFindsItsLaneEndedLeavesItsRoomToOthers() {
        CombinerOptions options =
                new CombinerOptions(100, 1_000, 100_000, 1, 1_000, Duration.ofSeconds(60));
        CombinedLane lane = new CombinedLane(options);
        CombinedCall call = new CombinedCall(request("late"), Long.MAX_VALUE);
        lane.handOver(SESSION, new ConcurrentHashMap<>());
        assertThat(lane.room().tryAcquire(options.room(call.request()))).isTrue();

        assertThat(lane.join(call)).as("it joined").isFalse();
        assertThat(lane.room().availablePermits()).as("room").isEqualTo(1_000);
    }

    @Test
    void anErrorWhileTheBatchIsTakenGivesTheTurnBack() throws Exception {
        Caller holder = Caller.started(combiner, request("holder"));
        HeldFlushing.Held first = flushing.next();
        Caller leader = Caller.queued(combiner, request("leader"));
        Caller broken =
                Caller.queued(
                        combiner,
                        new AppendRequest(SESSION, new Breaking(), null, null, Instant.EPOCH));
        first.commit(0);

        assertThat(leader.error()).hasMessage("broken");
        HeldFlushing.Held next = flushing.next();
        assertThat(next.texts()).as("what still queued").containsExactly("text");
        next.commit(1);
        assertThat(broken.answer()).hasValue(1);
        assertThat(holder.answer()).hasValue(0);
        Caller.await(() -> combiner.busyLanes() == 0);
        assertThat(flushing.isIdle()).as("no turn is left").isTrue();
    }

    /** One line that can be read when its call queues and later, but not when it is first taken. */
    private static final class Breaking extends AbstractList<AppendRequest.Line> {

        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public AppendRequest.Line get(int index) {
            if (reads.incrementAndGet() == 2) {
                throw new AssertionError("broken");
            }
            return new AppendRequest.Line(null, "text");
        }

        @Override
        public int size() {
            return 1;
        }
    }
}

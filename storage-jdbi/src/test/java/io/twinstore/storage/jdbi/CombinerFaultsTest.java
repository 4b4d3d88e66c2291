package io.twinstore.storage.jdbi;

import static io.twinstore.storage.jdbi.CombinerTest.SESSION;
import static io.twinstore.storage.jdbi.CombinerTest.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whom an error, an interrupt or the end of its patience reaches, and whom not. */
class CombinerFaultsTest {

    private final HeldFlushing flushing = new HeldFlushing();
    private final Combiner combiner = combiner(1_000, Duration.ofSeconds(60));

    private Combiner combiner(int queued, Duration patience) {
        return new Combiner(
                AppendRequest::session,
                flushing,
                new CombinerOptions(100, 1_000, 100_000, queued, 1_000 * queued, patience));
    }

    private static StorageException refused() {
        return new StorageException(ErrorCode.INTERNAL, "refused");
    }

    /** Holds a first flush and queues these behind it. */
    private List<Caller> queuedBehind(Combiner one, String... texts) throws Exception {
        Caller holder = Caller.started(one, request("holder"));
        HeldFlushing.Held first = flushing.next();
        List<Caller> callers = new ArrayList<>();
        for (String text : texts) {
            callers.add(Caller.queued(one, request(text)));
        }
        first.commit(0);
        assertThat(holder.answer()).hasValue(0);
        return callers;
    }

    @Test
    void aRefusedBatchIsMadeOneByOneAndTheErrorReachesItsOwner() throws Exception {
        List<Caller> callers = queuedBehind(combiner, "a", "bad", "c");
        flushing.next().fail(refused());

        HeldFlushing.Held a = flushing.next();
        assertThat(a.texts()).containsExactly("a");
        a.commit(1);
        HeldFlushing.Held bad = flushing.next();
        assertThat(bad.texts()).containsExactly("bad");
        StorageException own = refused();
        bad.fail(own);
        HeldFlushing.Held c = flushing.next();
        assertThat(c.texts()).containsExactly("c");
        c.commit(2);

        assertThat(callers.get(0).answer()).hasValue(1);
        assertThat(callers.get(1).error()).isSameAs(own);
        assertThat(callers.get(2).answer()).hasValue(2);
        assertThat(callers.get(0).told())
                .as("what the leader tells of all that was written")
                .containsExactly(Notice.appended(CombinerTest.SESSION, 3));
        assertThat(callers.get(2).told()).isEmpty();
    }

    @Test
    void aConditionalAppendGoesAloneAndIsToldOf() throws Exception {
        AppendRequest expecting =
                new AppendRequest(
                        CombinerTest.SESSION, request("a").lines(), 7L, null, request("a").now());
        Caller done = Caller.started(combiner, expecting);
        flushing.next().commit(7);
        assertThat(done.answer()).hasValue(7);
        assertThat(done.told()).containsExactly(Notice.appended(CombinerTest.SESSION, 8));

        Caller refused = Caller.started(combiner, expecting);
        flushing.next().answer(OptionalLong.empty());
        assertThat(refused.answer()).isEmpty();
        assertThat(refused.told()).as("what was not written").isEmpty();
    }

    @Test
    void anUnknownOutcomeIsEverybodysAndNothingIsRepeated() throws Exception {
        List<Caller> callers = queuedBehind(combiner, "a", "b", "c");
        flushing.next().fail(new OutcomeUnknownException(null));

        allGetTheirOwn(callers, OutcomeUnknownException.class);
    }

    @Test
    void aBusyDatabaseIsEverybodysAndIsNotAskedAgain() throws Exception {
        List<Caller> callers = queuedBehind(combiner, "a", "b", "c");
        flushing.next().fail(new StorageBusyException("a lock"));

        allGetTheirOwn(callers, StorageBusyException.class);
    }

    @Test
    void withoutATurnEverybodyGetsThatErrorAfterOneAttempt() throws Exception {
        Caller holder = Caller.started(combiner, request("holder"));
        HeldFlushing.Held first = flushing.next();
        List<Caller> callers = new ArrayList<>();
        for (String text : List.of("a", "b", "c")) {
            callers.add(Caller.queued(combiner, request(text)));
        }
        flushing.refuseTurns(() -> new StorageUnavailableException("gone"));
        first.commit(0);
        assertThat(holder.answer()).hasValue(0);

        allGetTheirOwn(callers, StorageUnavailableException.class);
        assertThat(flushing.turns()).as("attempts").isEqualTo(2);
    }

    @Test
    void aTurnThatIsLostOneByOneIsNotAskedForEachOfTheRest() throws Exception {
        List<Caller> callers = queuedBehind(combiner, "a", "b", "c");
        flushing.next().fail(refused());
        HeldFlushing.Held a = flushing.next();
        flushing.refuseTurns(() -> new StorageUnavailableException("gone"));
        a.commit(1);

        assertThat(callers.get(0).answer()).hasValue(1);
        allGetTheirOwn(callers.subList(1, 3), StorageUnavailableException.class);
        assertThat(flushing.turns()).as("attempts").isEqualTo(4);
    }

    private void allGetTheirOwn(List<Caller> callers, Class<?> type) throws Exception {
        List<Throwable> errors = new ArrayList<>();
        for (Caller caller : callers) {
            errors.add(caller.error());
        }
        assertThat(errors).hasOnlyElementsOfType(type);
        for (int i = 1; i < errors.size(); i++) {
            assertThat(errors.get(i)).isNotSameAs(errors.get(0));
        }
        nothingIsLeft(combiner);
    }

    @Test
    void nobodyWaitsForEverWhenTheAdapterIsBroken() throws Exception {
        List<Caller> callers = queuedBehind(combiner, "a", "b");
        AssertionError broken = new AssertionError("broken");
        flushing.next().fail(broken);

        assertThat(callers.get(0).error()).as("the leader").isSameAs(broken);
        assertThat(callers.get(1).error()).isInstanceOf(OutcomeUnknownException.class);
        nothingIsLeft(combiner);
    }

    @Test
    void whoIsInterruptedInTheQueueLeavesIt() throws Exception {
        Caller holder = Caller.started(combiner, request("holder"));
        HeldFlushing.Held first = flushing.next();
        Caller left = Caller.queued(combiner, request("left"));
        Caller stays = Caller.queued(combiner, request("stays"));
        left.thread().interrupt();

        assertThat(left.error()).isInstanceOf(StorageBusyException.class);
        assertThat(left.wasInterrupted()).as("its thread is interrupted").isTrue();
        first.commit(0);
        HeldFlushing.Held second = flushing.next();
        assertThat(second.texts()).containsExactly("stays");
        second.commit(1);
        assertThat(holder.answer()).hasValue(0);
        assertThat(stays.answer()).hasValue(1);
    }

    @Test
    void whoIsInterruptedInABatchWaitsForTheOutcome() throws Exception {
        List<Caller> callers = queuedBehind(combiner, "leader", "taken");
        HeldFlushing.Held batch = flushing.next();
        callers.get(0).thread().interrupt();
        callers.get(1).thread().interrupt();
        batch.commit(1);

        assertThat(callers.get(0).answer()).hasValue(1);
        assertThat(callers.get(1).answer()).hasValue(2);
        assertThat(callers).allMatch(Caller::wasInterrupted);
    }

    @Test
    void patienceEndsInTheQueueAndNothingIsWritten() throws Exception {
        Combiner hasty = combiner(1_000, Duration.ofMillis(50));
        Caller holder = Caller.started(hasty, request("holder"));
        HeldFlushing.Held first = flushing.next();
        Caller late = Caller.started(hasty, request("late"));

        assertThat(late.error())
                .isInstanceOf(StorageBusyException.class)
                .hasMessageContaining("nothing was written");
        first.commit(0);
        assertThat(holder.answer()).hasValue(0);
        nothingIsLeft(hasty);
    }

    @Test
    void whoFindsTheQueueFullWaitsForRoom() throws Exception {
        Combiner small = combiner(2, Duration.ofSeconds(60));
        Caller holder = Caller.started(small, request("holder"));
        HeldFlushing.Held first = flushing.next();
        List<Caller> callers =
                List.of(
                        Caller.queued(small, request("a")),
                        Caller.queued(small, request("b")),
                        Caller.started(small, request("c")));
        Caller.await(() -> callers.get(2).thread().getState() == Thread.State.TIMED_WAITING);
        assertThat(small.queued(SESSION)).as("those that queue").isEqualTo(2);
        first.commit(0);
        List<String> written = new ArrayList<>();
        while (written.size() < callers.size()) {
            // The third comes in as soon as there is room, in the same batch or behind it.
            HeldFlushing.Held batch = flushing.next();
            batch.commit(1 + written.size());
            written.addAll(batch.texts());
        }

        assertThat(written).containsExactly("a", "b", "c");
        assertThat(holder.answer()).hasValue(0);
        assertThat(callers.get(0).answer()).hasValue(1);
        assertThat(callers.get(1).answer()).hasValue(2);
        assertThat(callers.get(2).answer()).hasValue(3);
    }

    @Test
    void waitingForRoomEndsWithPatienceAndWithAnInterrupt() throws Exception {
        Combiner small = combiner(1, Duration.ofMillis(50));
        Caller holder = Caller.started(small, request("holder"));
        HeldFlushing.Held first = flushing.next();
        List<Caller> late =
                List.of(Caller.started(small, request("a")), Caller.started(small, request("b")));
        for (Caller caller : late) {
            assertThat(caller.error()).isInstanceOf(StorageBusyException.class);
        }
        Caller interrupted = Caller.started(small, request("c"));
        interrupted.thread().interrupt();
        assertThat(interrupted.error()).isInstanceOf(StorageBusyException.class);
        first.commit(0);
        assertThat(holder.answer()).hasValue(0);
        nothingIsLeft(small);
    }

    private void nothingIsLeft(Combiner one) {
        Caller.await(() -> one.busyLanes() == 0);
        assertThat(flushing.isIdle()).as("no batch and no turn is left").isTrue();
    }
}

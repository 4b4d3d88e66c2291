package io.twinstore.storage.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is flushed with whom, and who gets which answer. */
class CombinerTest {

    static final SessionId SESSION = SessionId.of("session");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final HeldFlushing flushing = new HeldFlushing();
    private final Combiner combiner = combiner(flushing, 100, 1_000, 100_000);

    static Combiner combiner(Flushing flushing, int requests, int messages, int characters) {
        return new Combiner(
                AppendRequest::session,
                flushing,
                new CombinerOptions(requests, messages, characters, 1_000, 1_000_000, LONG));
    }

    /** A request of this many messages, each with this text. */
    static AppendRequest request(SessionId session, String text, int count) {
        return new AppendRequest(
                session,
                Collections.nCopies(count, new AppendRequest.Line(null, text)),
                null,
                null,
                Instant.EPOCH);
    }

    static AppendRequest request(String text) {
        return request(SESSION, text, 1);
    }

    @AfterEach
    void nothingIsLeft() {
        Caller.await(() -> combiner.busyLanes() == 0);
        assertThat(flushing.isIdle()).as("no turn is kept").isTrue();
    }

    @Test
    void whoeverIsAloneIsFlushedAtOnceOnItsOwnThread() throws Exception {
        Caller caller = Caller.started(combiner, request("a"));

        HeldFlushing.Held batch = flushing.next();
        assertThat(batch.thread()).isSameAs(caller.thread());
        assertThat(batch.texts()).containsExactly("a");
        batch.commit(7);

        assertThat(caller.answer()).hasValue(7);
    }

    @Test
    void thoseWhoCameMeanwhileGoTogetherInTheirOrder() throws Exception {
        Caller first = Caller.started(combiner, request("first"));
        HeldFlushing.Held alone = flushing.next();
        List<Caller> others = queued("a", "b", "c");
        alone.commit(0);

        HeldFlushing.Held together = flushing.next();
        assertThat(together.texts()).containsExactly("a", "b", "c");
        assertThat(together.thread()).as("who leads").isSameAs(others.get(0).thread());
        assertThat(first.answer()).hasValue(0);
        together.answer(OptionalLong.of(1), OptionalLong.empty(), OptionalLong.of(20));

        assertThat(others.get(0).answer()).hasValue(1);
        assertThat(others.get(1).answer()).isEmpty();
        assertThat(others.get(2).answer()).hasValue(20);
    }

    @Test
    void whoeverWroteTellsOnceOfEachSession() throws Exception {
        SessionId another = SessionId.of("another");
        Combiner shared =
                new Combiner(
                        request -> CombinerTest.class, flushing, CombinerOptions.standard(LONG));
        Caller first = Caller.started(shared, request("first"));
        HeldFlushing.Held alone = flushing.next();
        List<Caller> others = new ArrayList<>();
        for (SessionId session : List.of(SESSION, another, SESSION, SessionId.of("gone"))) {
            int before = shared.queued(CombinerTest.class);
            others.add(Caller.started(shared, request(session, "text", 2)));
            Caller.await(() -> shared.queued(CombinerTest.class) == before + 1);
        }
        alone.commit(0);
        assertThat(first.answer()).hasValue(0);
        flushing.next()
                .answer(
                        OptionalLong.of(1),
                        OptionalLong.of(7),
                        OptionalLong.of(3),
                        OptionalLong.empty());
        for (Caller other : others) {
            other.answer();
        }

        assertThat(first.told()).containsExactly(Notice.appended(SESSION, 1));
        assertThat(others.get(0).told())
                .containsExactly(Notice.appended(SESSION, 5), Notice.appended(another, 9));
        assertThat(others.subList(1, 4)).allMatch(other -> other.told().isEmpty());
    }

    @Test
    void nobodyLeadsForLongerThanItsOwnCall() throws Exception {
        Caller first = Caller.started(combiner, request("first"));
        HeldFlushing.Held one = flushing.next();
        List<Caller> second = queued("a", "b");
        one.commit(0);
        HeldFlushing.Held two = flushing.next();
        List<Caller> third = queued("c");
        two.commit(1);

        assertThat(first.answer()).hasValue(0);
        assertThat(second.get(0).answer()).as("the leader of the second").hasValue(1);
        assertThat(second.get(1).answer()).hasValue(2);
        HeldFlushing.Held last = flushing.next();
        assertThat(last.thread()).isSameAs(third.get(0).thread());
        last.commit(3);
        assertThat(third.get(0).answer()).hasValue(3);
    }

    @Test
    void otherLanesDoNotWait() throws Exception {
        Caller held = Caller.started(combiner, request("held"));
        HeldFlushing.Held one = flushing.next();
        Caller other = Caller.started(combiner, request(SessionId.of("other"), "other", 1));

        flushing.next().commit(5);

        assertThat(other.answer()).hasValue(5);
        assertThat(held.isDone()).isFalse();
        one.commit(0);
        assertThat(held.answer()).hasValue(0);
    }

    @Test
    void aBatchHasItsBounds() throws Exception {
        Combiner narrow = combiner(flushing, 3, 10, 100);
        List<List<String>> batches =
                batches(
                        narrow,
                        request("a"),
                        request("b"),
                        request("c"),
                        request("by count of requests"),
                        request(SESSION, "many", 9),
                        request(SESSION, "more", 2),
                        request("x".repeat(99)),
                        request("by characters"));

        assertThat(batches)
                .containsExactly(
                        List.of("a", "b", "c"),
                        List.of("by count of requests", "many"),
                        List.of("more"),
                        List.of("x".repeat(99)),
                        List.of("by characters"));
    }

    @Test
    void aRequestBeyondTheBoundsGoesAlone() throws Exception {
        Combiner narrow = combiner(flushing, 10, 10, 100);

        assertThat(
                        batches(
                                narrow,
                                request("a"),
                                request(SESSION, "large", 11),
                                request("b"),
                                request("y".repeat(101)),
                                request("c")))
                .containsExactly(
                        List.of("a"),
                        List.of("large"),
                        List.of("b"),
                        List.of("y".repeat(101)),
                        List.of("c"));
    }

    /** Queues the requests behind a held one, and returns the batches that they go in. */
    private List<List<String>> batches(Combiner one, AppendRequest... requests) throws Exception {
        Caller holder = Caller.started(one, request("holder"));
        HeldFlushing.Held first = flushing.next();
        List<Caller> callers = new ArrayList<>();
        for (AppendRequest request : requests) {
            callers.add(Caller.queued(one, request));
        }
        first.commit(0);
        assertThat(holder.answer()).hasValue(0);
        List<List<String>> batches = new ArrayList<>();
        long next = 1;
        for (int seen = 0; seen < requests.length; ) {
            HeldFlushing.Held batch = flushing.next();
            batches.add(batch.texts());
            batch.commit(next);
            for (AppendRequest request : batch.requests()) {
                assertThat(callers.get(seen).answer()).as("answer %s", seen).hasValue(next);
                next += request.count();
                seen++;
            }
        }
        return batches;
    }

    @Test
    void aStormIsAnsweredRightly() throws Exception {
        CountingFlushing counting = new CountingFlushing();
        Combiner storm = combiner(counting, 4, 20, 100);
        List<Thread> threads =
                IntStream.range(0, 12)
                        .mapToObj(number -> new Thread(() -> counting.check(storm, number)))
                        .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(60_000);
        }

        assertThat(counting.problems()).isEmpty();
        assertThat(counting.calls()).isEqualTo(12 * CountingFlushing.EACH);
        assertThat(counting.largest()).as("requests in one batch").isBetween(2, 4);
        assertThat(storm.busyLanes()).isZero();
    }

    private List<Caller> queued(String... texts) {
        List<Caller> callers = new ArrayList<>();
        for (String text : texts) {
            callers.add(Caller.queued(combiner, request(text)));
        }
        return callers;
    }
}

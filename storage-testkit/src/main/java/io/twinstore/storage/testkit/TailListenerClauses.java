package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Tailing.append;
import static io.twinstore.storage.testkit.Tailing.next;
import static io.twinstore.storage.testkit.Tailing.nothing;
import static io.twinstore.storage.testkit.Tailing.sequences;
import static io.twinstore.storage.testkit.Tailing.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.TailFollowing;
import io.twinstore.storage.TailPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Is told by a tail, by call or as a subscriber. */
final class TailListenerClauses {

    private static @Nullable Throwable end(TailFollowing following)
            throws InterruptedException, TimeoutException {
        try {
            following
                    .ended()
                    .toCompletableFuture()
                    .get(Patience.now().toSeconds(), TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private static List<TailEvent> take(BlockingQueue<TailEvent> told, int count)
            throws InterruptedException {
        List<TailEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TailEvent event = told.poll(Patience.now().toSeconds(), TimeUnit.SECONDS);
            assertThat(event).as("the next event that a listener is told").isNotNull();
            events.add(Objects.requireNonNull(event));
        }
        return events;
    }

    @Clause(id = "TAIL-LISTEN-001")
    void isToldEverythingInOrder(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        SessionStore other = given.open(options -> options).sessions();
        BlockingQueue<TailEvent> told = new LinkedBlockingQueue<>();
        append(other, id, 3);

        TailFollowing following = given.sessions().tail(id, 0).follow(told::add);

        append(other, id, 2);
        assertThat(sequences(take(told, 5))).as("what a listener is told").isEqualTo(upTo(5));
        following.close();
        assertThat(end(following)).as("what a following ends with").isNull();
        assertThat(following.positions()).as("what was handled").isEqualTo(Map.of(id, 5L));
        append(other, id, 1);
        assertThat(told).as("what a closed following tells").isEmpty();
    }

    @Clause(id = "TAIL-LISTEN-002")
    void whatAListenerThrowsOnWasNotHandled(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        append(given.sessions(), id, 5);
        IllegalStateException fault = new IllegalStateException("full");
        List<TailEvent> told = new ArrayList<>();
        Tail tail = given.sessions().tail(id, 0);

        TailFollowing following =
                tail.follow(
                        event -> {
                            if (told.size() == 3) {
                                throw fault;
                            }
                            told.add(event);
                        });

        assertThat(end(following)).as("what a following ends with").isSameAs(fault);
        assertThat(following.positions()).as("what was handled").isEqualTo(Map.of(id, 3L));
        Expect.thrown(StorageClosedException.class, () -> tail.next(Duration.ZERO));
        try (Tail again = given.sessions().tail(id, following.positions().getOrDefault(id, 0L))) {
            told.addAll(next(again, 2));
        }
        assertThat(sequences(told)).as("what was handled in the end").isEqualTo(upTo(5));
    }

    @Clause(id = "TAIL-LISTEN-003")
    void endsWithTheStorage(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        var other = given.open(options -> options);
        TailFollowing following = other.sessions().tail(id, 0).follow(event -> {});

        other.close();

        assertThat(end(following)).as("what a following ends with").isNull();
    }

    @Clause(id = "TAIL-PUBLISH-001")
    void readsOnlyWhatIsRequested(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        append(given.sessions(), id, 6);
        Tail tail = given.sessions().tail(id, 0);
        TailSubscriber subscriber = new TailSubscriber();

        tail.publisher().subscribe(subscriber);
        subscriber.request(2);
        assertThat(sequences(subscriber.take(2))).as("what was requested").isEqualTo(upTo(2));
        try (Tail another = given.sessions().tail(id, 0)) {
            // Time in which a publisher could run ahead.
            next(another, 6);
            nothing(another);
        }

        assertThat(tail.positions()).as("what was read").isEqualTo(Map.of(id, 2L));
        assertThat(subscriber.events()).as("what was not requested").isEmpty();
        subscriber.request(1);
        assertThat(subscriber.take(1)).as("what was requested then").hasSize(1);
        subscriber.cancel();
        Expect.thrown(StorageClosedException.class, () -> tail.next(Duration.ZERO));
    }

    @Clause(id = "TAIL-PUBLISH-002")
    void isCompleteWithItsTail(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        SessionStore other = given.open(options -> options).sessions();
        TailSubscriber subscriber = new TailSubscriber();
        Tail tail = given.sessions().tail(id, 0);

        tail.publisher().subscribe(subscriber);
        subscriber.request(Long.MAX_VALUE);
        append(other, id, 3);

        assertThat(sequences(subscriber.take(3))).as("what was published").isEqualTo(upTo(3));
        other.purge(id);
        assertThat(subscriber.take(1)).containsExactly(new TailEvent.SessionPurged(id));
        assertThat(subscriber.end()).as("how it ends").isEqualTo("complete");
    }

    @Clause(id = "TAIL-PUBLISH-003")
    void hasOneSubscriber(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        try (Tail tail = given.sessions().tail(id, 0)) {
            var publisher = tail.publisher();
            TailSubscriber first = new TailSubscriber();
            TailSubscriber second = new TailSubscriber();

            publisher.subscribe(first);
            publisher.subscribe(second);

            assertThat(second.end()).as("what a second subscriber is told").contains("one");
            first.request(1);
            append(given.sessions(), id, 1);
            assertThat(sequences(first.take(1))).as("what the first is told").isEqualTo(upTo(1));
        }
    }

    @Clause(id = "TAIL-PUBLISH-004")
    void aSubscriberThatThrowsHasCancelled(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        append(given.sessions(), id, 3);
        Tail tail = given.sessions().tail(id, 0);
        TailPublisher publisher = tail.publisher();
        CountDownLatch threw = new CountDownLatch(1);
        TailSubscriber subscriber =
                new TailSubscriber(
                        event -> {
                            if (publisher.positions().equals(Map.of(id, 1L))) {
                                threw.countDown();
                                throw new StorageClosedException("not the storage that is tailed");
                            }
                        });

        publisher.subscribe(subscriber);
        subscriber.request(Long.MAX_VALUE);

        assertThat(threw.await(Patience.now().toSeconds(), TimeUnit.SECONDS))
                .as("it is told of the second message")
                .isTrue();
        awaitClosed(tail);
        assertThat(publisher.positions()).as("what was handled").isEqualTo(Map.of(id, 1L));
        assertThat(sequences(subscriber.events())).as("what was taken").isEqualTo(upTo(1));
        assertThat(subscriber.ends()).as("how it ended, for one that has cancelled").isEmpty();
    }

    private static void awaitClosed(Tail tail) {
        long deadline = System.nanoTime() + Patience.now().toNanos();
        while (!tail.isClosed() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(tail.isClosed()).as("the tail of one that has cancelled is closed").isTrue();
    }

    @Clause(id = "TAIL-PUBLISH-005")
    void whatWasNotHandledComesAgain(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        append(given.sessions(), id, 3);
        Tail tail = given.sessions().tail(id, 0);
        TailPublisher publisher = tail.publisher();
        TailSubscriber[] itself = new TailSubscriber[1];
        TailSubscriber subscriber = new TailSubscriber(event -> itself[0].cancel());
        itself[0] = subscriber;

        publisher.subscribe(subscriber);
        subscriber.request(2);
        List<TailEvent> told = new ArrayList<>(subscriber.take(1));
        awaitClosed(tail);

        long handled = awaitHandled(publisher, id);
        try (Tail again = given.sessions().tail(id, handled)) {
            told.addAll(next(again, 2));
            nothing(again);
        }
        assertThat(sequences(told)).as("what was handled in the end").isEqualTo(upTo(3));
    }

    /** Cancelling is done within the event, which is handled a moment later. */
    private static long awaitHandled(TailPublisher publisher, SessionId id) {
        long deadline = System.nanoTime() + Patience.now().toNanos();
        while (publisher.positions().getOrDefault(id, 0L) == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return publisher.positions().getOrDefault(id, 0L);
    }

    @Clause(id = "TAIL-OWNER-001")
    void hasOneOwner(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        BlockingQueue<TailEvent> told = new LinkedBlockingQueue<>();
        Tail tail = given.sessions().tail(id, 0);
        try (TailFollowing following = tail.follow(told::add)) {
            TailSubscriber second = new TailSubscriber();

            Expect.thrown(IllegalStateException.class, () -> tail.follow(event -> {}));
            tail.publisher().subscribe(second);

            assertThat(second.end()).as("what a subscriber is told then").contains("one");
            append(given.sessions(), id, 2);
            assertThat(sequences(take(told, 2))).as("what the first is told").isEqualTo(upTo(2));
            assertThat(following.trouble()).as("trouble").isEmpty();
        }
    }
}

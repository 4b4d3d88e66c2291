package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Tailing.append;
import static io.twinstore.storage.testkit.Tailing.messages;
import static io.twinstore.storage.testkit.Tailing.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.TransactionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Ends tails, and the waiting for them. */
final class TailEndClauses {

    /** Ends a wait for the next event by another thread, once it waits. */
    private static Outcome<Optional<TailEvent>> waitAnd(Tail tail, Ending ending) {
        Thread[] waiting = new Thread[1];
        List<Outcome<Optional<TailEvent>>> outcomes =
                Together.run(
                        2,
                        thread -> {
                            if (thread == 0) {
                                synchronized (waiting) {
                                    waiting[0] = Thread.currentThread();
                                    waiting.notifyAll();
                                }
                                return tail.next(Patience.now());
                            }
                            synchronized (waiting) {
                                while (waiting[0] == null) {
                                    waiting.wait();
                                }
                            }
                            while (waiting[0].getState() != Thread.State.TIMED_WAITING) {
                                Thread.onSpinWait();
                            }
                            ending.end(waiting[0]);
                            return Optional.empty();
                        });
        return outcomes.get(0);
    }

    /** What ends a wait. */
    private interface Ending {
        void end(Thread waiting);
    }

    @Clause(id = "TAIL-CLOSE-001")
    void closingWakes(ClauseContext given) {
        Tail tail = given.sessions().tail(given.session().id(), 0);

        Outcome<Optional<TailEvent>> waited = waitAnd(tail, thread -> tail.close());

        assertThat(waited.error())
                .as("what the wait ends with")
                .isExactlyInstanceOf(StorageClosedException.class);
        tail.close();
        Expect.thrown(StorageClosedException.class, () -> tail.next(Duration.ZERO));
    }

    @Clause(id = "TAIL-CLOSE-002")
    void closingTheStorageEndsItsTails(ClauseContext given) {
        SessionId id = given.session().id();
        Storage other = given.open(options -> options);
        Tail tail = other.sessions().tail(id, 0);

        Outcome<Optional<TailEvent>> waited = waitAnd(tail, thread -> other.close());

        assertThat(waited.error())
                .as("what the wait ends with")
                .isExactlyInstanceOf(StorageClosedException.class);
        Expect.thrown(StorageClosedException.class, () -> other.sessions().tail(id, 0));
    }

    @Clause(id = "TAIL-CLOSE-003")
    void anInterruptLosesNothing(ClauseContext given) throws InterruptedException {
        SessionId id = given.session().id();
        try (Tail tail = given.sessions().tail(id, 0)) {
            Outcome<Optional<TailEvent>> waited = waitAnd(tail, Thread::interrupt);

            assertThat(waited.error())
                    .as("what the wait ends with")
                    .isExactlyInstanceOf(InterruptedException.class);
            append(given.sessions(), id, 2);
            messages(given.sessions(), tail, id, 1, 2);
            nothing(tail);
        }
    }

    @Clause(id = "TAIL-CLOSE-004")
    void isRefusedInsideATransaction(ClauseContext given) {
        try (Tail tail = given.sessions().tail(given.session().id(), 0)) {
            given.storage()
                    .transaction(
                            tx -> {
                                Expect.thrown(
                                        TransactionException.class, () -> tail.next(Duration.ZERO));
                                return true;
                            });
        }
    }

    @Clause(id = "TAIL-CLOSE-005")
    void saysThatItIsClosed(ClauseContext given) {
        Tail tail = given.sessions().tail(given.session().id(), 0);
        assertThat(tail.isClosed()).as("closed while it is open").isFalse();
        Throwable[] second = new Throwable[1];

        waitAnd(
                tail,
                thread -> {
                    second[0] =
                            Expect.thrown(
                                    IllegalStateException.class, () -> tail.next(Duration.ZERO));
                    tail.close();
                });

        assertThat(second[0]).as("what a second thread is told").isNotNull();
        assertThat(tail.isClosed()).as("closed once it was closed").isTrue();
    }
}

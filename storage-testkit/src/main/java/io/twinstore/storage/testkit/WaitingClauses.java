package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PoolOptions;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageClosedException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Callers that wait for the only connection, which somebody else holds. */
final class WaitingClauses {

    /** Much longer than a caller may wait that is told to stop. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(60);

    private static Storage withOneConnection(ClauseContext given, Duration timeout) {
        return given.open(
                options ->
                        options.pool(
                                PoolOptions.defaults()
                                        .withSize(1, 1)
                                        .withConnectionTimeout(timeout)));
    }

    /** A thread that appends once and notes what it was told. */
    private static final class Waiting {

        private final FutureTask<Throwable> told;
        private final Thread thread;

        Waiting(Callable<?> call) {
            told =
                    new FutureTask<>(
                            () -> {
                                try {
                                    return new AssertionError("It was done: " + call.call());
                                } catch (RuntimeException e) {
                                    return e;
                                }
                            });
            thread = new Thread(told, "contract");
            thread.setDaemon(true);
            thread.start();
        }

        static Waiting toAppend(Storage storage, SessionId id) {
            Waiting waiting = new Waiting(() -> storage.sessions().append(id, NewMessage.of("1")));
            long deadline = System.nanoTime() + Patience.now().toNanos();
            while (waiting.thread.getState() != Thread.State.TIMED_WAITING
                    && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            return waiting;
        }

        Throwable told() throws Exception {
            try {
                return told.get(Patience.now().toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError(
                        "It still waits after " + Patience.now().toSeconds() + " s.", e);
            }
        }
    }

    @Clause(id = "APP-WAIT-001")
    void anInterruptEndsTheWaiting(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        Storage storage = withOneConnection(given, CONNECTION_TIMEOUT);

        Throwable told =
                storage.withConnection(
                        connection -> {
                            Waiting first = Waiting.toAppend(storage, id);
                            Waiting behind = Waiting.toAppend(storage, id);
                            behind.thread.interrupt();
                            assertThat(behind.told()).isInstanceOf(StorageBusyException.class);
                            first.thread.interrupt();
                            return first.told();
                        });

        assertThat(told).isInstanceOf(StorageBusyException.class);
        assertThat(storage.sessions().append(id, NewMessage.of("2")).firstSequence())
                .as("the next sequence")
                .isEqualTo(1);
    }

    @Clause(id = "APP-WAIT-002")
    void theTimeOutEndsTheWaiting(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        Storage storage = withOneConnection(given, Duration.ofMillis(250));

        storage.withConnection(
                connection -> {
                    Waiting first = Waiting.toAppend(storage, id);
                    Waiting behind = Waiting.toAppend(storage, id);
                    assertThat(first.told()).isInstanceOf(StorageBusyException.class);
                    assertThat(behind.told()).isInstanceOf(StorageBusyException.class);
                    return true;
                });

        assertThat(storage.sessions().append(id, NewMessage.of("2")).firstSequence())
                .as("the next sequence")
                .isEqualTo(1);
    }

    @Clause(id = "STO-CLOSE-004")
    void closingEndsTheWaiting(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        Storage storage = withOneConnection(given, CONNECTION_TIMEOUT);

        try {
            storage.withConnection(
                    connection -> {
                        Waiting first = Waiting.toAppend(storage, id);
                        Waiting behind = Waiting.toAppend(storage, id);
                        storage.close();
                        assertThat(first.told()).isInstanceOf(StorageClosedException.class);
                        assertThat(behind.told()).isInstanceOf(StorageClosedException.class);
                        return true;
                    });
        } catch (StorageClosedException e) {
            // The connection may have been closed under the work.
        }

        assertThat(given.sessions().get(id).lastSequence()).as("what was written").isZero();
    }
}

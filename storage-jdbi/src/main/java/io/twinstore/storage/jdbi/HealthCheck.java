package io.twinstore.storage.jdbi;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.IndexLag;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageHealth;
import io.twinstore.storage.StorageInfo;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database something small on a thread of its own, so that whoever wants to know need not
 * wait for as long as a frozen server or a full pool would make it.
 *
 * <p>The thread goes on waiting, in the line for a connection or for the reply, until the pool's
 * own time-outs end that. Until then it is the one that everybody asks.
 */
final class HealthCheck {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final TransactionRunner runner;
    private final Supplier<StorageInfo.Pool> pool;
    private final Function<Handle, @Nullable IndexLag> index;
    private final @Nullable String expected;
    private @Nullable FutureTask<Answer> underway;

    /** What the database answered, or why it did not. */
    private record Answer(
            @Nullable StorageException failure,
            @Nullable String version,
            @Nullable IndexLag index,
            long nanos) {}

    /**
     * @param index how far the search index is behind, or null where it is not looked at
     * @param expected the version that the schema should have, or null where it is not looked at
     */
    HealthCheck(
            TransactionRunner runner,
            Supplier<StorageInfo.Pool> pool,
            Function<Handle, @Nullable IndexLag> index,
            @Nullable String expected) {
        this.runner = runner;
        this.pool = pool;
        this.index = index;
        this.expected = expected;
    }

    StorageHealth within(Duration atMost) {
        if (atMost.compareTo(Duration.ofMillis(1)) < 0 || atMost.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(
                    "health.atMost", "1 millisecond to 1 minute", atMost.toString());
        }
        long start = System.nanoTime();
        try {
            return told(probe().get(atMost.toNanos(), TimeUnit.NANOSECONDS), start);
        } catch (TimeoutException e) {
            return late(atMost, start);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return down(
                    ErrorCode.BUSY,
                    "The thread was interrupted while it waited for the database's answer.",
                    start);
        } catch (ExecutionException e) {
            return down(
                    ErrorCode.INTERNAL,
                    "The check failed: " + String.valueOf(e.getCause()).split(":", 2)[0],
                    start);
        }
    }

    private synchronized FutureTask<Answer> probe() {
        FutureTask<Answer> current = underway;
        if (current == null || current.isDone()) {
            current = new FutureTask<>(this::ask);
            underway = current;
            DaemonThreads.make(current, "twinstore-health").start();
        }
        return current;
    }

    private Answer ask() {
        try {
            return runner.read(this::roundTrip);
        } catch (StorageException e) {
            return new Answer(e, null, null, 0);
        }
    }

    private Answer roundTrip(Handle handle) {
        HealthDao dao = handle.attach(HealthDao.class);
        long start = System.nanoTime();
        @Nullable String version = null;
        if (expected == null) {
            dao.one();
        } else {
            version = dao.schemaVersion();
        }
        long nanos = System.nanoTime() - start;
        return new Answer(null, version, lag(handle), nanos);
    }

    /** The database has answered by now: what its index lacks may stay unknown. */
    private @Nullable IndexLag lag(Handle handle) {
        try {
            return index.apply(handle);
        } catch (JdbiException e) {
            return null;
        }
    }

    private StorageHealth told(Answer answer, long start) {
        StorageException failure = answer.failure();
        if (failure instanceof StorageClosedException) {
            throw new StorageClosedException("The storage was closed during the call.", failure);
        }
        return failure != null
                ? down(failure.code(), String.valueOf(failure.getMessage()), start)
                : new StorageHealth(
                        true,
                        null,
                        null,
                        Duration.ofNanos(answer.nanos()),
                        pool.get(),
                        answer.version(),
                        expected,
                        answer.index());
    }

    private StorageHealth late(Duration atMost, long start) {
        return pool.get().waiting() > 0
                ? down(
                        ErrorCode.BUSY,
                        "No connection became free within " + shown(atMost) + ".",
                        start)
                : down(
                        ErrorCode.UNAVAILABLE,
                        "The database did not answer within " + shown(atMost) + ".",
                        start);
    }

    private static String shown(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private StorageHealth down(ErrorCode reason, String problem, long start) {
        return new StorageHealth(
                false,
                reason,
                problem,
                Duration.ofNanos(System.nanoTime() - start),
                pool.get(),
                null,
                expected,
                null);
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.StorageMetrics;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.spi.JsonQuoting;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the operations of one storage: tells the host's meters, logs those that were slow, and
 * now and then how the pool stands.
 *
 * <p>It has no thread: the pool is logged by the next call that is due, before that call waits for
 * a connection itself. What a log line identifies is a session or a config, never a user, since a
 * user's id may be an e-mail address, and never a value.
 */
final class Meter {

    private static final Logger LOG = LoggerFactory.getLogger(Meter.class);
    private static final Logger SLOW = LoggerFactory.getLogger("io.twinstore.storage.slow");
    private static final Logger POOL = LoggerFactory.getLogger("io.twinstore.storage.pool");

    private static final int SHOWN = 60;

    private static final Map<ErrorCode, String> OUTCOMES =
            Arrays.stream(ErrorCode.values())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    code -> code, code -> code.name().toLowerCase(Locale.ROOT)));

    private final StorageMetrics metrics;
    private final Supplier<StorageInfo.Pool> pool;
    private final LongSupplier nanoTime;
    private final long slow;
    private final long interval;
    private final AtomicLong due;
    private final AtomicBoolean complained = new AtomicBoolean();

    /** A call that may throw what the host's code throws. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object, X extends Exception> {
        T make() throws X;
    }

    Meter(StorageOptions options, Supplier<StorageInfo.Pool> pool, LongSupplier nanoTime) {
        this.metrics = options.metrics();
        this.pool = pool;
        this.nanoTime = nanoTime;
        this.slow = orNever(options.slowOperation().toNanos());
        this.interval = orNever(options.poolLogInterval().toNanos());
        this.due = new AtomicLong(nanoTime.getAsLong() + interval);
        guarded(() -> metrics.opened(pool));
    }

    private static long orNever(long nanos) {
        return nanos == 0 ? Long.MAX_VALUE / 2 : nanos;
    }

    /**
     * Makes the call and measures it.
     *
     * @param about the session or config that it is about, or what tells it; null for none
     */
    <T extends @Nullable Object, X extends Exception> T time(
            String operation, @Nullable Object about, Call<T, X> call) throws X {
        long start = start();
        T result;
        try {
            result = call.make();
        } catch (Throwable t) {
            end(operation, about, start, outcome(t));
            throw t;
        }
        end(operation, about, start, StorageMetrics.OK);
        return result;
    }

    /** Makes a call that returns nothing, and measures it. */
    void run(String operation, @Nullable Object about, Runnable call) {
        time(
                operation,
                about,
                () -> {
                    call.run();
                    return Boolean.TRUE;
                });
    }

    /** Begins to measure a call; {@link #end} must follow. */
    long start() {
        long now = nanoTime.getAsLong();
        long next = due.get();
        if (now - next >= 0 && due.compareAndSet(next, now + interval)) {
            guarded(this::logPool);
        }
        return now;
    }

    /** Ends to measure a call. Never throws: what was done is done. */
    void end(String operation, @Nullable Object about, long start, String outcome) {
        long took = nanoTime.getAsLong() - start;
        if (metrics != StorageMetrics.NONE) {
            try {
                metrics.operation(operation, outcome, took);
            } catch (RuntimeException | Error e) {
                complain(e);
            }
        }
        if (took >= slow) {
            guarded(() -> logSlow(operation, about, took, outcome));
        }
    }

    static String outcome(Throwable failure) {
        return failure instanceof StorageException typed
                ? OUTCOMES.getOrDefault(typed.code(), StorageMetrics.FAILED)
                : StorageMetrics.FAILED;
    }

    private void guarded(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error e) {
            complain(e);
        }
    }

    private void complain(Throwable fault) {
        if (complained.compareAndSet(false, true)) {
            LOG.warn("What the host measures with has failed; this is told once.", fault);
        }
    }

    private static void logSlow(
            String operation, @Nullable Object about, long took, String outcome) {
        SLOW.warn(
                "{} took {} ms{}: {}",
                operation,
                TimeUnit.NANOSECONDS.toMillis(took),
                subject(about),
                outcome);
    }

    /** Returns the id that identifies a call, on one line and shortened; it may be any text. */
    private static String subject(@Nullable Object about) {
        if (about instanceof SessionLease lease) {
            return subject(lease.sessionId());
        }
        if (about instanceof SessionId id) {
            return " on session " + quoted(id.value());
        }
        return about instanceof ConfigId id ? " on config " + quoted(id.value()) : "";
    }

    private static String quoted(String id) {
        StringBuilder quoted = new StringBuilder();
        JsonQuoting.append(quoted, id.codePointCount(0, id.length()) <= SHOWN ? id : cut(id));
        return quoted.toString();
    }

    private static String cut(String id) {
        return id.substring(0, id.offsetByCodePoints(0, SHOWN)) + "…";
    }

    private void logPool() {
        StorageInfo.Pool now = pool.get();
        String line = "{} connections in use, {} idle, {} at most; {} threads wait";
        Object[] values = {now.active(), now.idle(), now.max(), now.waiting()};
        if (now.waiting() > 0) {
            POOL.info(line, values);
        } else {
            POOL.debug(line, values);
        }
    }
}

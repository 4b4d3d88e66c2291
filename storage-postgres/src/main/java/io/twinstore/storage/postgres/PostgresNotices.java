package io.twinstore.storage.postgres;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.jdbi.DaemonThreads;
import io.twinstore.storage.jdbi.Notice;
import io.twinstore.storage.jdbi.Notices;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other processes by {@code NOTIFY}.
 *
 * <p>A notice inside an append's own transaction would make all commits of the server wait for each
 * other while they are written to disk. So one thread sends what has gathered, in one statement, in
 * a transaction of its own that does not wait for the disk, at once when it is idle; under load it
 * leaves the appenders nearly all of the time. Appends of one session that gathered are one notice.
 * The thread ends when there is nothing to send for a while.
 */
final class PostgresNotices implements Notices {

    static final String CHANNEL = "session_updates";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresNotices.class);

    /** Bounds of the time between two statements under load. */
    private static final long SHORTEST_SPACING = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long LONGEST_SPACING = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * Sending takes one of so many parts of the time, as far as the bounds allow; appenders need
     * the server, too.
     */
    private static final int SHARE = 40;

    private static final long LAST_WAIT_SECONDS = 2;
    private static final int IDLE_SECONDS = 10;

    /** More than that is not told but found by heartbeats: the database must be away. */
    private static final int MOST = 10_000;

    private static final String SEND =
            """
            select pg_catalog.set_config('synchronous_commit', 'off', true),
                   count(pg_catalog.pg_notify('session_updates', payload))
              from unnest(?::text[]) payload
            """;
    private static final String SEND_WITHIN = "select pg_catalog.pg_notify('session_updates', ?)";

    private final DataSource pool;
    private final Payloads payloads;
    private final Listening listening;
    private final ThreadPoolExecutor sender;
    private final Map<SessionId, Long> appended = new ConcurrentHashMap<>();
    private final Queue<Notice> others = new LinkedBlockingQueue<>(MOST);
    private final AtomicBoolean sending = new AtomicBoolean();
    private final boolean silent;
    private volatile boolean closing;

    /** Before when nothing more is sent; for the sender alone. */
    private long notBefore = System.nanoTime();

    /** Whether sending has failed since it last worked; for the sender alone. */
    private boolean failing;

    /** Opens a connection that is kept for listening. */
    @FunctionalInterface
    interface Listening {
        Connection open() throws SQLException;
    }

    /**
     * @param silent whether to tell nobody, so that others find what this storage commits by their
     *     heartbeats
     */
    PostgresNotices(DataSource pool, String schema, Listening listening, boolean silent) {
        this.pool = pool;
        this.silent = silent;
        this.payloads = new Payloads(schema);
        this.listening = listening;
        this.sender =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        work -> DaemonThreads.make(work, "twinstore-notices"));
        sender.allowCoreThreadTimeOut(true);
    }

    @Override
    public void tell(Notice notice) {
        if (silent) {
            return;
        }
        if (notice.isAppend() && notice.session() != null) {
            if (appended.size() < MOST || appended.containsKey(notice.session())) {
                appended.merge(notice.session(), notice.lastSequence(), Math::max);
            }
        } else {
            others.offer(notice);
        }
        if (!sending.get() && sending.compareAndSet(false, true)) {
            start();
        }
    }

    private void start() {
        try {
            sender.execute(this::send);
        } catch (RejectedExecutionException e) {
            // It is closing; others see the commit on their heartbeats.
            sending.set(false);
        } catch (RuntimeException | Error e) {
            // No thread was to be had; whoever tells something next tries again.
            sending.set(false);
            throw e;
        }
    }

    /** Sends until nothing is left. */
    private void send() {
        boolean more = true;
        while (more) {
            try {
                sendInTurn();
                failing = false;
            } catch (RuntimeException | Error e) {
                // Whatever it is, later notices must go out.
                complain(e);
            } finally {
                // Whoever adds after this starts the next round, if this thread does not.
                sending.set(false);
            }
            more = isWaiting() && sending.compareAndSet(false, true);
        }
    }

    private void sendInTurn() {
        long rest = notBefore - System.nanoTime();
        if (rest > 0 && !closing) {
            LockSupport.parkNanos(rest);
        }
        long start = System.nanoTime();
        try {
            List<String> batch = take();
            if (!batch.isEmpty()) {
                send(batch);
            }
        } finally {
            long spacing = SHARE * (System.nanoTime() - start);
            notBefore = start + Math.max(SHORTEST_SPACING, Math.min(spacing, LONGEST_SPACING));
        }
    }

    private void complain(Throwable fault) {
        if (!failing) {
            LOG.warn("Notices were not sent; heartbeats find what they would have told.", fault);
        }
        failing = true;
    }

    private boolean isWaiting() {
        return !appended.isEmpty() || !others.isEmpty();
    }

    private List<String> take() {
        List<String> batch = new ArrayList<>();
        for (Notice next = others.poll(); next != null; next = others.poll()) {
            batch.add(payloads.write(next));
        }
        for (SessionId id : List.copyOf(appended.keySet())) {
            Long last = appended.remove(id);
            if (last != null) {
                batch.add(payloads.write(Notice.appended(id, last)));
            }
        }
        return batch.size() > MOST ? batch.subList(0, MOST) : batch;
    }

    private void send(List<String> batch) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(SEND)) {
            Array texts = connection.createArrayOf("text", batch.toArray());
            statement.setArray(1, texts);
            statement.execute();
        } catch (SQLException e) {
            // Heartbeats find what was not told.
            LOG.debug("{} notices were not sent, SQLState {}.", batch.size(), e.getSQLState());
        }
    }

    @Override
    public void tellWithin(Handle handle, Notice notice) throws SQLException {
        if (silent) {
            return;
        }
        try (PreparedStatement statement = handle.getConnection().prepareStatement(SEND_WITHIN)) {
            statement.setString(1, payloads.writeWithin(notice));
            statement.execute();
        }
    }

    @Override
    public Watch watch() throws SQLException {
        return PostgresWatch.open(listening.open(), payloads);
    }

    @Override
    public void close() {
        closing = true;
        sender.shutdown();
        try {
            if (!sender.awaitTermination(LAST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("The last notices were not sent in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

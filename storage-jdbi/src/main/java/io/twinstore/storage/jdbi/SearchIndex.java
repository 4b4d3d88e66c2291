package io.twinstore.storage.jdbi;

import io.twinstore.storage.IndexLag;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.SearchLanguage;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the search index of one storage up to date, beside the appends: a thread of the storage
 * takes pending sessions in turn, a batch of each. It wakes on commits of this process, gathers for
 * a moment, since a batch costs less than its messages one by one, and looks by itself now and then
 * for what other processes left. While this process commits, it rests nine times as long as it
 * works; when nobody does, it catches up.
 *
 * <p>Nothing ends the thread but its storage. A session that cannot be indexed is passed over and
 * tried again in the next round.
 */
final class SearchIndex {

    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

    private static final int SESSIONS = 200;
    private static final int MESSAGES = 400;
    private static final long BYTES = 4_000_000;
    private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long HEARTBEAT = TimeUnit.SECONDS.toNanos(5);

    /**
     * As long as a batch takes under load nine times over: a shorter one would have it work more.
     */
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(5);

    private static final long AFTER_FAULT = TimeUnit.SECONDS.toNanos(1);

    /** How many times as long as it works the thread rests while others commit. */
    private static final int REST = 9;

    private final Handles handles;
    private final StoreTools tools;
    private final SearchLanguages languages;
    private final Indexing indexing;
    private final ReentrantLock turn = new ReentrantLock();
    private final Object bell = new Object();
    private volatile boolean rung;
    private volatile boolean ended;
    private @Nullable Thread thread;
    private String position = "";
    private boolean failing;

    SearchIndex(Handles handles, StoreTools tools, SearchLanguages languages) {
        this.handles = handles;
        this.tools = tools;
        this.languages = languages;
        this.indexing = new Indexing(handles, tools, languages);
    }

    /** Starts the thread where it does not run yet, unless search is switched off. */
    synchronized void start() {
        if (languages.isOn() && thread == null && !ended) {
            thread = DaemonThreads.make(this::work, "twinstore-search-index");
            thread.start();
        }
    }

    /** Notes that this process committed something. Called for each commit: mostly one read. */
    void committed() {
        if (!rung) {
            ring();
        }
    }

    private void ring() {
        rung = true;
        synchronized (bell) {
            bell.notifyAll();
        }
    }

    /** Ends the thread, for good; a batch under way is given the time that closing gives a call. */
    void end() {
        ended = true;
        ring();
    }

    /** Returns how far the index is behind, or null where search is switched off. */
    @Nullable IndexLag lag(Handle handle) {
        return languages.isOn() ? tools.searches(handle).lag() : null;
    }

    /** Makes the index anew in another language. */
    void reindex(SearchLanguage language) {
        languages.refuseOff();
        handles.write(
                handle -> {
                    SearchDao dao = tools.searches(handle);
                    dao.changeLanguage(SearchLanguages.text(language));
                    dao.removeAll();
                    dao.markAll();
                    languages.note(dao.state());
                    return Boolean.TRUE;
                });
        start();
        committed();
    }

    /**
     * Indexes these sessions, on the calling thread, as far as the rows say that there is
     * something. Returns when that is done, or when somebody else is at it.
     */
    void catchUp(List<PendingRow> upTo) {
        turn.lock();
        try {
            List<PendingRow> rest = upTo;
            while (!rest.isEmpty() && !ended) {
                List<PendingRow> some = rest.subList(0, Math.min(SESSIONS, rest.size()));
                if (indexing.run(some, MESSAGES, BYTES).messages() == 0) {
                    return;
                }
                rest = stillMissing(upTo);
            }
        } finally {
            turn.unlock();
        }
    }

    private List<PendingRow> stillMissing(List<PendingRow> upTo) {
        String ids = HeadsLook.list(upTo.stream().map(PendingRow::sessionId).toList());
        Map<SessionId, Long> ends = new HashMap<>();
        upTo.forEach(row -> ends.put(row.sessionId(), row.lastSeq()));
        return handles.read(handle -> tools.searches(handle).pending(ids)).stream()
                .filter(row -> row.after() < ends.getOrDefault(row.sessionId(), 0L))
                .toList();
    }

    private void work() {
        pause(GATHERING);
        while (!ended) {
            try {
                round();
                failing = false;
                await();
                pause(GATHERING);
            } catch (StorageClosedException e) {
                return;
            } catch (StorageException e) {
                complain(e, e instanceof SchemaException);
            } catch (RuntimeException | Error e) {
                complain(e, false);
            }
        }
    }

    /** Takes all pending sessions in turn, until there is nothing left to do. */
    private void round() {
        rung = false;
        position = "";
        long messages = 0;
        while (!ended) {
            long began = System.nanoTime();
            int done = step();
            if (done < 0 && messages == 0) {
                return;
            }
            messages = done < 0 ? 0 : messages + done;
            if (rung) {
                pause(Math.min(LONGEST_REST, REST * (System.nanoTime() - began)));
            }
        }
    }

    /** Indexes one batch; returns how many messages, or -1 at the end of the pending sessions. */
    private int step() {
        turn.lock();
        try {
            List<PendingRow> rows =
                    handles.read(handle -> tools.searches(handle).pendingAfter(position, SESSIONS));
            if (rows.isEmpty()) {
                position = "";
                return -1;
            }
            return index(rows);
        } finally {
            turn.unlock();
        }
    }

    /** Where a batch fails, its sessions are tried one by one, so that one keeps back no other. */
    private int index(List<PendingRow> rows) {
        try {
            Indexing.Done done = indexing.run(rows, MESSAGES, BYTES);
            position = done.last().value();
            return done.messages();
        } catch (StorageClosedException e) {
            throw e;
        } catch (StorageException e) {
            if (rows.size() == 1) {
                LOG.warn("A session could not be indexed for search.", e);
                position = rows.get(0).sessionId().value();
                return 0;
            }
            int messages = 0;
            for (PendingRow row : rows) {
                messages += index(List.of(row));
            }
            return messages;
        }
    }

    private void await() {
        synchronized (bell) {
            long end = System.nanoTime() + HEARTBEAT;
            for (long rest = HEARTBEAT; rest > 0 && !rung; rest = end - System.nanoTime()) {
                waitFor(rest);
            }
        }
    }

    /** Waits whatever is committed, until the storage ends. */
    private void pause(long nanos) {
        synchronized (bell) {
            long end = System.nanoTime() + nanos;
            for (long rest = nanos; rest > 0 && !ended; rest = end - System.nanoTime()) {
                waitFor(rest);
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // Its callers wait in one.
    private void waitFor(long nanos) {
        try {
            bell.wait(1 + TimeUnit.NANOSECONDS.toMillis(nanos));
        } catch (InterruptedException e) {
            LOG.debug("The thread that indexes was interrupted; somebody meant another one.");
        }
    }

    private void complain(Throwable fault, boolean quietly) {
        try {
            if (!failing && !quietly) {
                LOG.warn("Messages could not be indexed for search; that is tried again.", fault);
            }
            failing = true;
        } finally {
            pause(AFTER_FAULT);
        }
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the tails of one storage: by a call after each commit of this process, by what the adapter
 * notices of others, and by a look at all heads on a heartbeat.
 *
 * <p>A storage without tails has neither a thread nor a listening connection here, and pays a look
 * into an empty map for each commit.
 */
final class TailHub {

    private static final Logger LOG = LoggerFactory.getLogger(TailHub.class);

    /** Readers at most: a look is short, and a database that hangs must not take all threads. */
    private static final int READERS = 4;

    private static final long IDLE_SECONDS = 10;

    private final TransactionRunner runner;
    private final StoreTools tools;
    private final Notices notices;
    private final TailWatch watch;
    private final TailHeartbeat heartbeat;
    private final HeadsLook look;
    private final ThreadPoolExecutor readers;
    private final Map<LiveTail, Registration> tails = new ConcurrentHashMap<>();
    private final Map<SessionId, Set<LiveTail>> bySession = new ConcurrentHashMap<>();
    private final Map<UserId, Set<LiveTail>> byUser = new ConcurrentHashMap<>();
    private volatile @Nullable StorageException trouble;
    private volatile boolean ended;
    private volatile Runnable onCommit = () -> {};

    /** Whose sessions a tail follows, or null for one session, and which they are at present. */
    private record Registration(@Nullable UserId user, Set<SessionId> sessions) {}

    TailHub(TransactionRunner runner, StoreTools tools, Duration heartbeat) {
        this.runner = runner;
        this.tools = tools;
        this.notices = tools.adapter().notices();
        this.watch = new TailWatch(this, notices);
        this.heartbeat = new TailHeartbeat(this, heartbeat);
        this.look = new HeadsLook(runner, tools);
        this.readers =
                new ThreadPoolExecutor(
                        READERS,
                        READERS,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        work -> DaemonThreads.make(work, "twinstore-tail-reader"));
        readers.allowCoreThreadTimeOut(true);
    }

    /**
     * Tells everybody of a commit that was made. It never throws, or a caller would take for failed
     * what is committed; what is not told is found on the next heartbeat.
     */
    void committed(Notice notice) {
        orComplain(onCommit);
        orComplain(() -> wake(notice));
        orComplain(() -> notices.tell(notice));
    }

    /** Has somebody else told of each commit, too. */
    void onCommit(Runnable listener) {
        onCommit = listener;
    }

    private static void orComplain(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("A commit was made, but not everybody was told of it.", e);
        }
    }

    /** Wakes the tails of this storage that a notice concerns. */
    void wake(Notice notice) {
        if (tails.isEmpty()) {
            return;
        }
        SessionId session = notice.session();
        if (session == null) {
            wakeAll();
            return;
        }
        bySession.getOrDefault(session, Set.of()).forEach(tail -> tail.changed(session));
        if (notice.user() != null) {
            byUser.getOrDefault(notice.user(), Set.of()).forEach(LiveTail::changedAnywhere);
        }
    }

    /** Has every tail look. */
    private void wakeAll() {
        tails.keySet().forEach(LiveTail::changedAnywhere);
    }

    /**
     * Looks at the heads of all sessions that are tailed one by one, and wakes the tails of those
     * that changed; the tails of a user look for themselves.
     */
    void lookAtHeads() {
        byUser.values().forEach(all -> all.forEach(LiveTail::changedAnywhere));
        Set<SessionId> single =
                tails.values().stream()
                        .filter(registration -> registration.user() == null)
                        .flatMap(registration -> registration.sessions().stream())
                        .collect(Collectors.toSet());
        try {
            look.changed(single)
                    .forEach(
                            id ->
                                    bySession
                                            .getOrDefault(id, Set.of())
                                            .forEach(tail -> tail.changed(id)));
            trouble = null;
        } catch (StorageException e) {
            trouble = e;
            heartbeat.retry();
        }
    }

    /** Notes that the database could be reached just now. */
    void reachable() {
        trouble = null;
    }

    /** Returns why the last look failed, or nothing. */
    Optional<StorageException> trouble() {
        return Optional.ofNullable(trouble);
    }

    boolean hasTails() {
        return !tails.isEmpty();
    }

    /**
     * Opens a tail. What was committed since the snapshots of what it follows is found by its first
     * look, and whatever is committed from now on wakes it.
     *
     * @param later where to begin in sessions that the user does not take part in yet
     */
    LiveTail open(
            TailScope scope, Map<SessionId, FollowedSession> followed, Map<SessionId, Long> later) {
        TailReading reading = new TailReading(runner, tools, scope, later);
        Map<SessionId, Long> positions = new HashMap<>(later);
        followed.forEach((id, session) -> positions.put(id, session.position()));
        LiveTail tail = new LiveTail(this, reading, scope, positions);
        reading.reportTo(
                new TailReading.Following() {
                    @Override
                    public void begin(SessionId id) {
                        TailHub.this.begin(tail, id);
                    }

                    @Override
                    public void end(SessionId id) {
                        TailHub.this.end(tail, id);
                    }
                });
        register(tail, scope.follower());
        followed.values().forEach(reading::follow);
        // Of all sessions of a user, one look finds those in which there is something new.
        tail.changedAnywhere();
        return tail;
    }

    private void register(LiveTail tail, @Nullable UserId user) {
        tails.put(tail, new Registration(user, ConcurrentHashMap.newKeySet()));
        if (user != null) {
            add(byUser, user, tail);
        }
        if (ended) {
            forget(tail);
            throw new StorageClosedException("The storage is closed.");
        }
        try {
            watch.start();
            heartbeat.start();
        } catch (Error e) {
            // No thread was to be had.
            forget(tail);
            throw e;
        }
    }

    /** Notes that a tail follows a session. */
    void begin(LiveTail tail, SessionId id) {
        Registration registration = tails.get(tail);
        if (registration != null) {
            registration.sessions().add(id);
            add(bySession, id, tail);
            if (!tails.containsKey(tail)) {
                // It was closed meanwhile, by a thread that may not have seen this session.
                remove(bySession, id, tail);
            }
        }
    }

    /** Notes that a tail follows a session no more. */
    void end(LiveTail tail, SessionId id) {
        Registration registration = tails.get(tail);
        if (registration != null) {
            registration.sessions().remove(id);
        }
        remove(bySession, id, tail);
    }

    /** Wakes a tail no more. */
    void forget(LiveTail tail) {
        Registration registration = tails.remove(tail);
        if (registration != null) {
            registration.sessions().forEach(id -> remove(bySession, id, tail));
            if (registration.user() != null) {
                remove(byUser, registration.user(), tail);
            }
        }
    }

    private static <K> void add(Map<K, Set<LiveTail>> index, K key, LiveTail tail) {
        index.compute(
                key,
                (k, present) -> {
                    Set<LiveTail> all = present == null ? ConcurrentHashMap.newKeySet() : present;
                    all.add(tail);
                    return all;
                });
    }

    private static <K> void remove(Map<K, Set<LiveTail>> index, K key, LiveTail tail) {
        index.computeIfPresent(
                key,
                (k, all) -> {
                    all.remove(tail);
                    return all.isEmpty() ? null : all;
                });
    }

    /** Refuses to wait for events on a thread that is inside a transaction of the storage. */
    void refuseInside() {
        runner.refuseInside();
    }

    /**
     * Has a reader do the work.
     *
     * @return whether it will; not when the storage was closed, or there is no thread to be had
     */
    boolean run(Runnable work) {
        try {
            readers.execute(work);
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            LOG.debug("No thread looks for what a tail follows.", e);
            return false;
        }
    }

    /** Ends every tail and takes no new one. */
    void end() {
        ended = true;
        watch.stop();
        heartbeat.stop();
        tails.keySet().forEach(tail -> tail.end("The storage is closed."));
        readers.shutdown();
    }
}

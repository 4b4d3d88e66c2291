package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers when sessions were last active, so that an append need not look where a look would
 * change nothing: an append moves a session's last activity at most once a minute.
 *
 * <p>What is remembered may be older than what the database has; then the append looks once more
 * than it had to. It may be newer only where a session was purged and created again after the clock
 * went back: a time before the one remembered looks as well, and so does a sequence before the one
 * remembered, since sequences never go back. Sessions share a table of fixed size, where one may
 * drive out another.
 */
public final class KnownActivity {

    /** How old a session's last activity is when an append moves it. */
    public static final Duration GRAIN = Duration.ofMinutes(1);

    private static final int SIZE = 8_192;

    private final AtomicReferenceArray<@Nullable Known> table = new AtomicReferenceArray<>(SIZE);

    private record Known(SessionId session, Instant active, long sequence) {}

    /** Returns whether an append at this time leaves the session's last activity as it is. */
    public boolean isFresh(AppendRequest request) {
        return isFresh(request, Long.MAX_VALUE);
    }

    /**
     * Does the same for an append that is known to come behind a sequence.
     *
     * @param sequence the last sequence before the append
     */
    public boolean isFresh(AppendRequest request, long sequence) {
        Known known = table.get(place(request.session()));
        return known != null
                && known.session().equals(request.session())
                && known.sequence() <= sequence
                && !request.now().isBefore(known.active())
                && request.now().isBefore(known.active().plus(GRAIN));
    }

    /**
     * Remembers the last activity that a committed transaction saw before its append at this time.
     *
     * @param sequence the last sequence before the append
     */
    public void saw(AppendRequest request, long sequence, Instant before) {
        Instant due = before.plus(GRAIN);
        Instant active = request.now().isBefore(due) ? before : request.now();
        table.set(
                place(request.session()),
                new Known(request.session(), active, sequence + request.count()));
    }

    /** Remembers nothing of the request's session. */
    public void forget(AppendRequest request) {
        table.set(place(request.session()), null);
    }

    private static int place(SessionId session) {
        int hash = session.value().hashCode();
        return (hash ^ (hash >>> 16)) & (SIZE - 1);
    }
}

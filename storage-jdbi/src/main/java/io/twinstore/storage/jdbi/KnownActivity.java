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
 * went back, so a time before the one remembered looks as well. Sessions share a table of fixed
 * size, where one may drive out another.
 */
public final class KnownActivity {

    /** How old a session's last activity is when an append moves it. */
    public static final Duration GRAIN = Duration.ofMinutes(1);

    private static final int SIZE = 8_192;

    private final AtomicReferenceArray<@Nullable Known> table = new AtomicReferenceArray<>(SIZE);

    private record Known(SessionId session, Instant active) {}

    /** Returns whether an append at this time leaves the session's last activity as it is. */
    public boolean isFresh(AppendRequest request) {
        Known known = table.get(place(request.session()));
        return known != null
                && known.session().equals(request.session())
                && !request.now().isBefore(known.active())
                && request.now().isBefore(known.active().plus(GRAIN));
    }

    /**
     * Remembers the last activity that a committed transaction saw before its append at this time.
     */
    public void saw(AppendRequest request, Instant before) {
        Instant due = before.plus(GRAIN);
        Instant active = request.now().isBefore(due) ? before : request.now();
        table.set(place(request.session()), new Known(request.session(), active));
    }

    private static int place(SessionId session) {
        int hash = session.value().hashCode();
        return (hash ^ (hash >>> 16)) & (SIZE - 1);
    }
}

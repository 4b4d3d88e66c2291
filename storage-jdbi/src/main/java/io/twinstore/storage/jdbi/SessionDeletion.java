package io.twinstore.storage.jdbi;

import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Deletes, restores and purges sessions.
 *
 * <p>The head's {@code deleted} says whether the session is hidden, be it by its own deletion or
 * its config's. Both sides write it, so deleting and restoring lock the config against the other
 * side before they lock the head.
 */
final class SessionDeletion {

    private final Handles handles;
    private final StoreTools tools;
    private final Access access;

    SessionDeletion(Handles handles, StoreTools tools, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.access = access;
    }

    boolean delete(SessionId id) {
        return told(
                "session_deleted",
                id,
                handle -> {
                    if (!access.sees(handle, id)) {
                        return false;
                    }
                    Optional<SessionRow> seen = tools.sessions(handle).findLive(id);
                    if (seen.isEmpty()) {
                        access.allows(handle, id, ParticipantRole.OWNER);
                        return false;
                    }
                    tools.configs(handle).lockShared(seen.get().configId());
                    if (!HeadRow.isLive(access.lockHead(handle, id, ParticipantRole.OWNER))) {
                        return false;
                    }
                    mark(handle, id, tools.clock().nowAfter(existing(handle, id).updatedAt()));
                    tools.sessions(handle).markHead(id, true);
                    return true;
                });
    }

    boolean restore(SessionId id) {
        return told(
                "session_restored",
                id,
                handle -> {
                    if (!access.sees(handle, id)) {
                        throw missing(id);
                    }
                    SessionRow seen = existing(handle, id);
                    boolean configLive =
                            tools.configs(handle)
                                    .lockShared(seen.configId())
                                    .filter(config -> config.deletedAt() == null)
                                    .isPresent();
                    if (access.lockHead(handle, id, ParticipantRole.OWNER) == null) {
                        throw missing(id);
                    }
                    if (existing(handle, id).deletedAt() == null) {
                        return false;
                    }
                    mark(handle, id, null);
                    tools.sessions(handle).markHead(id, !configLive);
                    return true;
                });
    }

    boolean purge(SessionId id) {
        return told(
                "session_purged",
                id,
                handle -> {
                    if (access.lockHead(handle, id, ParticipantRole.OWNER) == null) {
                        return false;
                    }
                    return remove(tools.sessions(handle), id);
                });
    }

    /** Removes a session whose head is locked, with everything that is its. */
    static boolean remove(SessionDao sessions, SessionId id) {
        sessions.deleteMessages(id);
        return sessions.delete(id) == 1;
    }

    private boolean told(String action, SessionId id, Handles.Work<Boolean> work) {
        boolean done = handles.write(work);
        if (done) {
            handles.tell(Notice.of(action, id));
        }
        return done;
    }

    private SessionRow existing(Handle handle, SessionId id) {
        return tools.sessions(handle).find(id).orElseThrow(() -> missing(id));
    }

    private static NotFoundException missing(SessionId id) {
        return new NotFoundException("session", id.value());
    }

    private void mark(Handle handle, SessionId id, @Nullable Instant deletedAt) {
        Instant now = tools.clock().nowAfter(existing(handle, id).updatedAt());
        tools.sessions(handle).mark(id, deletedAt, now);
    }
}

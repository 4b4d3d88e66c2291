package io.twinstore.storage.jdbi;

import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.SessionId;
import org.jdbi.v3.core.Handle;

/** Keeps sessions from retention, deleted ones too. */
final class Holds {

    private final Handles handles;
    private final StoreTools tools;
    private final Access access;

    Holds(Handles handles, StoreTools tools, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.access = access;
    }

    boolean hold(SessionId id) {
        access.refuseLimited();
        return handles.write(
                handle -> {
                    // Retention decides under this lock, so one of both sees the other.
                    if (tools.sessions(handle).lockHead(id) == null) {
                        throw new NotFoundException("session", id.value());
                    }
                    return !isHeld(handle, id)
                            && tools.retention(handle).setHeld(id, tools.clock().now()) == 1;
                });
    }

    boolean release(SessionId id) {
        access.refuseLimited();
        return handles.write(
                handle ->
                        tools.sessions(handle).lockHead(id) != null
                                && isHeld(handle, id)
                                && tools.retention(handle).setHeld(id, null) == 1);
    }

    boolean isHeld(SessionId id) {
        access.refuseLimited();
        return handles.read(handle -> isHeld(handle, id));
    }

    private boolean isHeld(Handle handle, SessionId id) {
        return tools.retention(handle).heldAt(id) != null;
    }
}

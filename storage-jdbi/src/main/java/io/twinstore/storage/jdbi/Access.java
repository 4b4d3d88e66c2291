package io.twinstore.storage.jdbi;

import io.twinstore.storage.AccessDeniedException;
import io.twinstore.storage.AppId;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import io.twinstore.storage.Visibility;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions a store may see, and what it may do there: everything, unless it is limited to a
 * user or to an application.
 *
 * <p>Whoever has no role is found out by one look-up, which costs the same whether the session is
 * there or not, before anything else is read or locked: neither a longer look nor a wait for a lock
 * tells that it is there. Whatever changes a session then reads the role once more under the head's
 * lock, which whoever changes roles holds as well.
 */
final class Access {

    private final StoreTools tools;
    private final @Nullable UserId user;
    private final @Nullable AppId app;

    private Access(StoreTools tools, @Nullable UserId user, @Nullable AppId app) {
        this.tools = tools;
        this.user = user;
        this.app = app;
    }

    static Access unlimited(StoreTools tools) {
        return new Access(tools, null, null);
    }

    /** Narrows to a user. */
    Access as(UserId narrower) {
        refuseOther("user", user, narrower);
        return new Access(tools, narrower, app);
    }

    /** Narrows to an application. */
    Access in(AppId narrower) {
        refuseOther("application", app, narrower);
        return new Access(tools, user, narrower);
    }

    boolean isLimited() {
        return user != null || app != null;
    }

    @Nullable UserId user() {
        return user;
    }

    @Nullable AppId app() {
        return app;
    }

    /** Refuses to act for another user than the one to whom the store is limited. */
    void refuseOther(@Nullable UserId other) {
        refuseOther("user", user, other);
    }

    /** Refuses to act for another application than the one to which the store is limited. */
    void refuseOther(@Nullable AppId other) {
        refuseOther("application", app, other);
    }

    /** Refuses what is for whoever runs the storage, before anything is looked at. */
    void refuseLimited() {
        if (isLimited()) {
            throw new AccessDeniedException(
                    "Retention is for whoever runs the storage: use the store that is not limited to a user or an"
                            + " application.");
        }
    }

    /** Refuses by what is asked for alone, so that it tells nothing of any session. */
    private static void refuseOther(String kind, @Nullable Object limit, @Nullable Object other) {
        if (limit != null && other != null && !limit.equals(other)) {
            throw new AccessDeniedException(
                    "The store is limited to another " + kind + " than '" + other + "'.");
        }
    }

    /**
     * Returns the session to create with what the limits say of it.
     *
     * @throws InvalidValueException when a limited store is given an id: where it is taken, any
     *     answer would tell so
     */
    NewSession limited(NewSession session) {
        if (!isLimited()) {
            return session;
        }
        refuseOther(session.owner());
        refuseOther(session.app());
        if (session.id() != null) {
            throw new InvalidValueException(
                    "session.id",
                    "none in a store that is limited to a user or an application, which makes ids itself",
                    session.id().value());
        }
        return new NewSession(
                null,
                session.configId(),
                user != null ? user : session.owner(),
                app != null ? app : session.app(),
                session.status(),
                session.metadata());
    }

    /** Returns whether the session, deleted or not, is there for this store. */
    boolean sees(Handle handle, SessionId id) {
        return !isLimited() || role(handle, id).isPresent();
    }

    /**
     * Returns whether the session, deleted or not, is there for this store.
     *
     * @throws AccessDeniedException when it is, and the role is lower than this
     */
    boolean allows(Handle handle, SessionId id, ParticipantRole least) {
        if (!isLimited()) {
            return true;
        }
        Optional<ParticipantRole> role = role(handle, id);
        if (role.isPresent() && role.get().compareTo(least) > 0) {
            throw new AccessDeniedException(
                    "The role in session '"
                            + id.value()
                            + "' is "
                            + role.get().text()
                            + "; this takes "
                            + least.text()
                            + (least == ParticipantRole.OWNER ? "." : " or owner."));
        }
        return role.isPresent();
    }

    /** Returns the role of the user; an application alone may do everything in its sessions. */
    private Optional<ParticipantRole> role(Handle handle, SessionId id) {
        AccessDao dao = tools.access(handle);
        if (user == null) {
            return app != null && dao.isOf(id, app)
                    ? Optional.of(ParticipantRole.OWNER)
                    : Optional.empty();
        }
        return app == null ? dao.roleOf(id, user) : dao.roleOfIn(id, user, app);
    }

    /**
     * Locks the session's head and then reads the role, so that what is decided holds until the
     * transaction ends.
     *
     * @return the head, or null when the session is not there for this store
     * @throws AccessDeniedException when the role is lower than this
     */
    @Nullable HeadRow lockHead(Handle handle, SessionId id, ParticipantRole least) {
        if (!isLimited()) {
            return tools.sessions(handle).lockHead(id);
        }
        if (!sees(handle, id)) {
            return null;
        }
        HeadRow head = tools.sessions(handle).lockHead(id);
        return head != null && allows(handle, id, least) ? head : null;
    }

    /** Reads of a session where it is there for this store, else answers as if it were not. */
    <T extends @Nullable Object> T read(
            Handles handles, SessionId id, Handles.Work<T> work, Supplier<? extends T> hidden) {
        return handles.read(isLimited() ? guarded(id, work, hidden) : work);
    }

    /** As {@link #read}, for work that takes its time over a result. */
    <T extends @Nullable Object> T stream(
            Handles handles, SessionId id, Handles.Work<T> work, Supplier<? extends T> hidden) {
        return handles.stream(isLimited() ? guarded(id, work, hidden) : work);
    }

    /**
     * Reads the role before, so that nothing is read for a stranger, and after: what was read is
     * then from before the role was taken away, whatever a statement saw of what came later.
     */
    private <T extends @Nullable Object> Handles.Work<T> guarded(
            SessionId id, Handles.Work<T> work, Supplier<? extends T> hidden) {
        return handle -> {
            if (!sees(handle, id)) {
                return hidden.get();
            }
            T read = work.on(handle);
            return sees(handle, id) ? read : hidden.get();
        };
    }

    /** Adds to a list's conditions on {@code s} and {@code h} what the limits say. */
    Conditions limit(Conditions conditions, Visibility visibility) {
        // Deleted sessions are an owner's to restore; to others they are gone.
        String role =
                visibility == Visibility.LIVE ? "" : " and (h.deleted = false or a.role = 'owner')";
        return conditions
                .and(
                        "exists (select 1 from session_participants a"
                                + " where a.session_id = s.session_id and a.user_id = :accessUser"
                                + role
                                + ")",
                        "accessUser",
                        user)
                .and("s.created_by_app_id = :accessApp", "accessApp", app);
    }

    /** Binds a cursor's query to the limits, which are part of what it asks for. */
    String bound(String query) {
        return isLimited() ? query + "\0user " + user + "\0app " + app : query;
    }
}

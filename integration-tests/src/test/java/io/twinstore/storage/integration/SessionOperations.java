package io.twinstore.storage.integration;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.UserId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes up calls of the store of sessions that change a session or those who take part. */
final class SessionOperations {

    private final ValuePool pool;

    SessionOperations(ValuePool pool) {
        this.pool = pool;
    }

    private static Operation on(String text, Function<SessionStore, @Nullable Object> call) {
        return new Operation("sessions." + text, (stores, side) -> call.apply(stores.sessions()));
    }

    Operation next() {
        SessionId id = pool.session();
        AppId app = pool.app();
        return switch (pool.below(24)) {
            case 0, 1 -> create(null);
            case 2, 3, 4 -> create(id);
            case 5 -> on("find " + id, sessions -> sessions.find(id));
            case 6 -> on("get " + id, sessions -> sessions.get(id));
            case 7 -> on("exists " + id, sessions -> sessions.exists(id));
            case 8, 9, 10, 11, 12 -> update(id);
            case 13, 14, 15, 16, 17 ->
                    on("touch " + id + " " + app, sessions -> sessions.touch(id, app));
            case 18 ->
                    pool.rarely(2)
                            ? on("delete " + id, sessions -> sessions.delete(id))
                            : create(id);
            case 19, 20, 21, 22 -> on("restore " + id, sessions -> sessions.restore(id));
            default ->
                    pool.rarely(3) ? on("purge " + id, sessions -> sessions.purge(id)) : create(id);
        };
    }

    /** Creates the session, or one whose id the storage makes. */
    Operation create(@Nullable SessionId id) {
        NewSession session = NewSession.on(pool.config()).metadata(pool.object());
        if (id != null) {
            session = session.id(id);
        }
        if (!pool.rarely(3)) {
            session = session.owner(pool.user());
        }
        if (pool.rarely(2)) {
            session = session.app(pool.app());
        }
        NewSession whole = pool.rarely(3) ? session.status(pool.status()) : session;
        return on("create " + whole, sessions -> sessions.create(whole));
    }

    private Operation update(SessionId id) {
        SessionUpdate update = SessionUpdate.nothing();
        if (pool.rarely(3)) {
            update = update.status(pool.status());
        }
        if (pool.rarely(4)) {
            update = update.metadata(pool.object());
        }
        if (pool.rarely(3)) {
            update = update.mergeMetadata(pool.object());
        }
        if (pool.rarely(3)) {
            update = update.owner(pool.user());
        }
        if (pool.rarely(6)) {
            update = update.expectVersion(1 + pool.below(4));
        }
        SessionUpdate whole = update;
        return on("update " + id + " " + whole, sessions -> sessions.update(id, whole));
    }

    /** Calls on those who take part. */
    Operation nextParticipation() {
        SessionId id = pool.session();
        UserId user = pool.user();
        ParticipantRole role = pool.role();
        Json permissions = pool.object();
        String both = id + " " + user;
        return switch (pool.below(10)) {
            case 0, 1, 2, 3 ->
                    on(
                            "addParticipant " + both + " " + role,
                            sessions -> sessions.addParticipant(id, user, role));
            case 4 ->
                    on(
                            "removeParticipant " + both,
                            sessions -> sessions.removeParticipant(id, user));
            case 5, 6 ->
                    on(
                            "updateRole " + both + " " + role,
                            sessions -> sessions.updateRole(id, user, role));
            case 7 ->
                    on(
                            "updatePermissions " + both + " " + permissions,
                            sessions -> sessions.updatePermissions(id, user, permissions));
            case 8 -> on("roleOf " + both, sessions -> sessions.roleOf(id, user));
            default -> on("participants " + id, sessions -> sessions.participants(id));
        };
    }
}

package io.twinstore.storage.cli;

import io.twinstore.storage.AppId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.UserId;
import org.jspecify.annotations.Nullable;

/**
 * For whom a command looks at sessions.
 *
 * @param user whose role counts, or null for nobody's in particular
 * @param app whose sessions there are, or null for all
 */
record ActingFor(@Nullable UserId user, @Nullable AppId app) {

    static ActingFor of(ActingOptions options) {
        String user = options.user();
        String app = options.app();
        return new ActingFor(
                user == null ? null : UserId.of(user), app == null ? null : AppId.of(app));
    }

    /** Returns whether it is for somebody. */
    boolean isLimited() {
        return user != null || app != null;
    }

    /** Returns the storage's sessions, as they are for this user and application. */
    SessionStore sessions(Storage storage) {
        SessionStore sessions = storage.sessions();
        SessionStore users = user == null ? sessions : sessions.asUser(user);
        return app == null ? users : users.asApplication(app);
    }

    /** Returns the options again, as a command to type begins with them. */
    String options() {
        return (user == null ? "" : " --as " + Printable.quoted(user.value()))
                + (app == null ? "" : " --as-app " + Printable.quoted(app.value()));
    }
}

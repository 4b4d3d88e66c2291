package io.twinstore.storage.integration;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.Stores;
import io.twinstore.storage.UserId;
import io.twinstore.storage.UserStore;
import org.jspecify.annotations.Nullable;

/** Makes calls through stores that are limited to a user, to an application or to both. */
final class LimitedOperations {

    private final ValuePool pool;

    LimitedOperations(ValuePool pool) {
        this.pool = pool;
    }

    /** Returns the same call, through a limited store. */
    Operation next(Operation operation) {
        @Nullable UserId user = pool.rarely(6) ? null : pool.user();
        @Nullable AppId app = user == null || pool.rarely(6) ? pool.app() : null;
        return new Operation(
                "as " + user + " in " + app + ": " + operation.text(),
                (stores, side) -> operation.act().on(new Limited(stores, user, app), side));
    }

    private record Limited(Stores stores, @Nullable UserId user, @Nullable AppId app)
            implements Stores {

        @Override
        public ConfigStore configs() {
            return stores.configs();
        }

        @Override
        public ApplicationStore applications() {
            return stores.applications();
        }

        @Override
        public UserStore users() {
            return stores.users();
        }

        @Override
        public SettingsStore settings() {
            return stores.settings();
        }

        @Override
        public SessionStore sessions() {
            SessionStore sessions = stores.sessions();
            SessionStore users = user == null ? sessions : sessions.asUser(user);
            return app == null ? users : users.asApplication(app);
        }
    }
}

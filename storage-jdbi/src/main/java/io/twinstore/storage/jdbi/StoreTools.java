package io.twinstore.storage.jdbi;

import io.twinstore.storage.IdGenerator;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What every store of one storage shares: the adapter's statements, the clock and the id generator.
 */
record StoreTools(
        SqlAdapter adapter, MicroClock clock, IdGenerator ids, @Nullable Duration maxSessionAge) {

    ConfigDao configs(Handle handle) {
        return handle.attach(adapter.configs());
    }

    SessionDao sessions(Handle handle) {
        return handle.attach(adapter.sessions());
    }

    ParticipantDao participants(Handle handle) {
        return handle.attach(ParticipantDao.class);
    }

    AccessDao access(Handle handle) {
        return handle.attach(AccessDao.class);
    }

    ApplicationDao applications(Handle handle) {
        return handle.attach(adapter.applications());
    }

    UserDao users(Handle handle) {
        return handle.attach(adapter.users());
    }

    SettingDao settings(Handle handle) {
        return handle.attach(adapter.settings());
    }

    TailDao tails(Handle handle) {
        return handle.attach(adapter.tails());
    }

    SearchDao searches(Handle handle) {
        return handle.attach(adapter.searches());
    }

    MessageDao messages(Handle handle) {
        return handle.attach(MessageDao.class);
    }

    LeaseDao leases(Handle handle) {
        return handle.attach(LeaseDao.class);
    }

    RetentionDao retention(Handle handle) {
        return handle.attach(adapter.retention());
    }
}

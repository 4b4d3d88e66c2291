package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SessionUpdate;
import java.time.Duration;
import java.util.Optional;

/** Measures the operations on the records of sessions, and on their life. */
abstract class MeteredSessions implements SessionStore {

    final SessionStore to;
    final Meter meter;

    MeteredSessions(SessionStore to, Meter meter) {
        this.to = to;
        this.meter = meter;
    }

    @Override
    public Session create(NewSession session) {
        return meter.time("sessions.create", null, () -> to.create(session));
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return meter.time("sessions.find", id, () -> to.find(id));
    }

    @Override
    public Session get(SessionId id) {
        return meter.time("sessions.get", id, () -> to.get(id));
    }

    @Override
    public boolean exists(SessionId id) {
        return meter.time("sessions.exists", id, () -> to.exists(id));
    }

    @Override
    public long count(SessionFilter filter) {
        return meter.time("sessions.count", null, () -> to.count(filter));
    }

    @Override
    public Page<Session> list(SessionFilter filter, PageRequest page) {
        return meter.time("sessions.list", null, () -> to.list(filter, page));
    }

    @Override
    public Session update(SessionId id, SessionUpdate update) {
        return meter.time("sessions.update", id, () -> to.update(id, update));
    }

    @Override
    public Session touch(SessionId id, AppId app) {
        return meter.time("sessions.touch", id, () -> to.touch(id, app));
    }

    @Override
    public boolean delete(SessionId id) {
        return meter.time("sessions.delete", id, () -> to.delete(id));
    }

    @Override
    public boolean restore(SessionId id) {
        return meter.time("sessions.restore", id, () -> to.restore(id));
    }

    @Override
    public boolean purge(SessionId id) {
        return meter.time("sessions.purge", id, () -> to.purge(id));
    }

    @Override
    public long cleanup(Duration olderThan) {
        return meter.time("sessions.cleanup", null, () -> to.cleanup(olderThan));
    }

    @Override
    public long cleanup() {
        return meter.time("sessions.cleanup", null, () -> to.cleanup());
    }

    @Override
    public long purgeDeleted(Duration olderThan) {
        return meter.time("sessions.purgeDeleted", null, () -> to.purgeDeleted(olderThan));
    }

    @Override
    public long countInactive(Duration olderThan) {
        return meter.time("sessions.countInactive", null, () -> to.countInactive(olderThan));
    }

    @Override
    public long countPurgeable(Duration olderThan) {
        return meter.time("sessions.countPurgeable", null, () -> to.countPurgeable(olderThan));
    }

    @Override
    public boolean hold(SessionId id) {
        return meter.time("sessions.hold", id, () -> to.hold(id));
    }

    @Override
    public boolean releaseHold(SessionId id) {
        return meter.time("sessions.releaseHold", id, () -> to.releaseHold(id));
    }

    @Override
    public boolean isHeld(SessionId id) {
        return meter.time("sessions.isHeld", id, () -> to.isHeld(id));
    }
}

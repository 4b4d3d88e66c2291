package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.ApplicationUpdate;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Secret;
import java.time.Duration;
import java.util.Optional;

/** Measures every operation of the store of applications. */
final class MeteredApplicationStore implements ApplicationStore {

    private final ApplicationStore to;
    private final Meter meter;

    MeteredApplicationStore(ApplicationStore to, Meter meter) {
        this.to = to;
        this.meter = meter;
    }

    @Override
    public IssuedKey create(NewApplication application) {
        return meter.time("applications.create", null, () -> to.create(application));
    }

    @Override
    public Optional<Application> find(AppId id) {
        return meter.time("applications.find", null, () -> to.find(id));
    }

    @Override
    public Application get(AppId id) {
        return meter.time("applications.get", null, () -> to.get(id));
    }

    @Override
    public Page<Application> list(PageRequest page) {
        return meter.time("applications.list", null, () -> to.list(page));
    }

    @Override
    public long count() {
        return meter.time("applications.count", null, () -> to.count());
    }

    @Override
    public Application update(AppId id, ApplicationUpdate update) {
        return meter.time("applications.update", null, () -> to.update(id, update));
    }

    @Override
    public boolean activate(AppId id) {
        return meter.time("applications.activate", null, () -> to.activate(id));
    }

    @Override
    public boolean deactivate(AppId id) {
        return meter.time("applications.deactivate", null, () -> to.deactivate(id));
    }

    @Override
    public IssuedKey rotateKey(AppId id, Duration overlap) {
        return meter.time("applications.rotateKey", null, () -> to.rotateKey(id, overlap));
    }

    @Override
    public boolean delete(AppId id) {
        return meter.time("applications.delete", null, () -> to.delete(id));
    }

    @Override
    public Optional<Application> authenticate(Secret key) {
        return meter.time("applications.authenticate", null, () -> to.authenticate(key));
    }

    @Override
    public Optional<Application> authenticate(AppId id, Secret key) {
        return meter.time("applications.authenticate", null, () -> to.authenticate(id, key));
    }
}

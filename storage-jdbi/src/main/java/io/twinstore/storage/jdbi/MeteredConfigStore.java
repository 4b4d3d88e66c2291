package io.twinstore.storage.jdbi;

import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.ConfigUpdate;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import java.util.Optional;

/** Measures every operation of the store of configs. */
final class MeteredConfigStore implements ConfigStore {

    private final ConfigStore to;
    private final Meter meter;

    MeteredConfigStore(ConfigStore to, Meter meter) {
        this.to = to;
        this.meter = meter;
    }

    @Override
    public Config create(NewConfig config) {
        return meter.time("configs.create", null, () -> to.create(config));
    }

    @Override
    public Optional<Config> find(ConfigId id) {
        return meter.time("configs.find", id, () -> to.find(id));
    }

    @Override
    public Config get(ConfigId id) {
        return meter.time("configs.get", id, () -> to.get(id));
    }

    @Override
    public Page<Config> list(ConfigFilter filter, PageRequest page) {
        return meter.time("configs.list", null, () -> to.list(filter, page));
    }

    @Override
    public long count(ConfigFilter filter) {
        return meter.time("configs.count", null, () -> to.count(filter));
    }

    @Override
    public Config update(ConfigId id, ConfigUpdate update) {
        return meter.time("configs.update", id, () -> to.update(id, update));
    }

    @Override
    public boolean delete(ConfigId id) {
        return meter.time("configs.delete", id, () -> to.delete(id));
    }

    @Override
    public boolean restore(ConfigId id) {
        return meter.time("configs.restore", id, () -> to.restore(id));
    }

    @Override
    public boolean purge(ConfigId id) {
        return meter.time("configs.purge", id, () -> to.purge(id));
    }
}

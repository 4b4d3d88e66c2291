package io.twinstore.storage.jdbi;

import io.twinstore.storage.Json;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.StoredSetting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures every operation of the store of settings. */
final class MeteredSettingsStore implements SettingsStore {

    private final SettingsStore to;
    private final Meter meter;

    MeteredSettingsStore(SettingsStore to, Meter meter) {
        this.to = to;
        this.meter = meter;
    }

    @Override
    public Optional<StoredSetting> find(String key) {
        return meter.time("settings.find", null, () -> to.find(key));
    }

    @Override
    public StoredSetting get(String key) {
        return meter.time("settings.get", null, () -> to.get(key));
    }

    @Override
    public StoredSetting put(String key, Json value) {
        return meter.time("settings.put", null, () -> to.put(key, value));
    }

    @Override
    public StoredSetting put(String key, Json value, String scope) {
        return meter.time("settings.put", null, () -> to.put(key, value, scope));
    }

    @Override
    public boolean compareAndSet(String key, @Nullable Json expected, Json value) {
        return meter.time(
                "settings.compareAndSet", null, () -> to.compareAndSet(key, expected, value));
    }

    @Override
    public boolean delete(String key) {
        return meter.time("settings.delete", null, () -> to.delete(key));
    }

    @Override
    public Page<StoredSetting> all(PageRequest page) {
        return meter.time("settings.all", null, () -> to.all(page));
    }

    @Override
    public Page<StoredSetting> inScope(String scope, PageRequest page) {
        return meter.time("settings.inScope", null, () -> to.inScope(scope, page));
    }
}

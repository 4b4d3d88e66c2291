package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Json;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.User;
import io.twinstore.storage.UserFilter;
import io.twinstore.storage.UserId;
import io.twinstore.storage.UserStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures every operation of the store of users. */
final class MeteredUserStore implements UserStore {

    private final UserStore to;
    private final Meter meter;

    MeteredUserStore(UserStore to, Meter meter) {
        this.to = to;
        this.meter = meter;
    }

    @Override
    public void seen(UserId user) {
        meter.run("users.seen", null, () -> to.seen(user));
    }

    @Override
    public void seen(UserId user, @Nullable AppId app) {
        meter.run("users.seen", null, () -> to.seen(user, app));
    }

    @Override
    public Optional<User> find(UserId user) {
        return meter.time("users.find", null, () -> to.find(user));
    }

    @Override
    public User get(UserId user) {
        return meter.time("users.get", null, () -> to.get(user));
    }

    @Override
    public Page<User> list(UserFilter filter, PageRequest page) {
        return meter.time("users.list", null, () -> to.list(filter, page));
    }

    @Override
    public long count(UserFilter filter) {
        return meter.time("users.count", null, () -> to.count(filter));
    }

    @Override
    public User replaceMetadata(UserId user, Json metadata) {
        return meter.time("users.replaceMetadata", null, () -> to.replaceMetadata(user, metadata));
    }

    @Override
    public User mergeMetadata(UserId user, Json patch) {
        return meter.time("users.mergeMetadata", null, () -> to.mergeMetadata(user, patch));
    }
}

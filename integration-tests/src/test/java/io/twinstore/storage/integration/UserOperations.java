package io.twinstore.storage.integration;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Json;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.UserFilter;
import io.twinstore.storage.UserId;
import io.twinstore.storage.UserStore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes up calls of the store of users. */
final class UserOperations {

    private final ValuePool pool;

    UserOperations(ValuePool pool) {
        this.pool = pool;
    }

    private static Operation on(String text, Function<UserStore, @Nullable Object> call) {
        return new Operation("users." + text, (stores, side) -> call.apply(stores.users()));
    }

    Operation next() {
        UserId user = pool.user();
        Json object = pool.object();
        return switch (pool.below(9)) {
            case 0, 1, 2, 3 -> seen(user);
            case 4 -> on("find " + user, store -> store.find(user));
            case 5, 6 -> list();
            case 7 ->
                    on(
                            "replaceMetadata " + user + " " + object,
                            store -> store.replaceMetadata(user, object));
            default ->
                    on(
                            "mergeMetadata " + user + " " + object,
                            store -> store.mergeMetadata(user, object));
        };
    }

    private Operation seen(UserId user) {
        AppId app = pool.rarely(3) ? null : pool.app();
        return on(
                "seen " + user + " " + app,
                store -> {
                    store.seen(user, app);
                    return null;
                });
    }

    private Operation list() {
        UserFilter filter =
                pool.rarely(2) ? UserFilter.all() : UserFilter.all().metadata(pool.object());
        PageRequest page = pool.page();
        return on(
                "list and count " + filter + ", " + page.size(),
                store -> Paging.all(page, p -> store.list(filter, p)) + " " + store.count(filter));
    }
}

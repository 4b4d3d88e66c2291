package io.twinstore.storage.integration;

import io.twinstore.storage.Json;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SettingsStore;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes up calls of the store of settings. */
final class SettingOperations {

    private static final List<String> VALUES =
            List.of("null", "1", "1.0", "10e-1", "true", "\"\"", "[1, null]", "{\"b\":1,\"aa\":2}");

    private final ValuePool pool;

    SettingOperations(ValuePool pool) {
        this.pool = pool;
    }

    private static Operation on(String text, Function<SettingsStore, @Nullable Object> call) {
        return new Operation("settings." + text, (stores, side) -> call.apply(stores.settings()));
    }

    Operation next() {
        String key = pool.name();
        String scope = pool.name();
        Json value = value();
        PageRequest page = pool.page();
        return switch (pool.below(10)) {
            case 0, 1 -> on("put " + key + " " + value, store -> store.put(key, value));
            case 2, 3 ->
                    on(
                            "put " + key + " " + value + " in " + scope,
                            store -> store.put(key, value, scope));
            case 4, 5, 6 -> compareAndSet(key, value);
            case 7 -> on("find " + key, store -> store.find(key));
            case 8 ->
                    on(
                            "all and in " + scope,
                            store ->
                                    Paging.all(page, store::all)
                                            + " "
                                            + Paging.all(page, p -> store.inScope(scope, p)));
            default -> on("delete " + key, store -> store.delete(key));
        };
    }

    private Json value() {
        return pool.rarely(3) ? pool.object() : Json.of(pool.one(VALUES));
    }

    private Operation compareAndSet(String key, Json value) {
        Json expected = pool.rarely(3) ? null : value();
        return on(
                "compareAndSet " + key + " " + expected + " " + value,
                store -> store.compareAndSet(key, expected, value));
    }
}

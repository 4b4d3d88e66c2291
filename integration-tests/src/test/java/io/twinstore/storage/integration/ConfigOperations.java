package io.twinstore.storage.integration;

import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigUpdate;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.PageRequest;
import org.jspecify.annotations.Nullable;

/** Makes up calls of the store of configs. */
final class ConfigOperations {

    private final ValuePool pool;

    ConfigOperations(ValuePool pool) {
        this.pool = pool;
    }

    Operation next() {
        ConfigId id = pool.config();
        return switch (pool.below(16)) {
            case 0, 1 -> create(null);
            case 2 -> create(id);
            case 3 ->
                    new Operation(
                            "configs.find " + id, (stores, side) -> stores.configs().find(id));
            case 4 ->
                    new Operation("configs.get " + id, (stores, side) -> stores.configs().get(id));
            case 5, 6, 7 -> list();
            case 8, 9, 10 -> update(id);
            case 11 ->
                    pool.rarely(3)
                            ? new Operation(
                                    "configs.delete " + id,
                                    (stores, side) -> stores.configs().delete(id))
                            : list();
            case 12, 13, 14 ->
                    new Operation(
                            "configs.restore " + id,
                            (stores, side) -> stores.configs().restore(id));
            // What is purged takes its sessions along, and with them what could be compared.
            default ->
                    pool.rarely(6)
                            ? new Operation(
                                    "configs.purge " + id,
                                    (stores, side) -> stores.configs().purge(id))
                            : create(id);
        };
    }

    /** Creates the config, or one whose id the storage makes. */
    Operation create(@Nullable ConfigId id) {
        NewConfig config = NewConfig.named(pool.name()).tags(pool.object()).yaml(pool.yaml());
        NewConfig described = pool.rarely(2) ? config.description(pool.name()) : config;
        NewConfig whole = id == null ? described : described.id(id);
        return new Operation(
                "configs.create " + whole, (stores, side) -> stores.configs().create(whole));
    }

    private Operation list() {
        ConfigFilter all = ConfigFilter.all().visibility(pool.visibility());
        ConfigFilter named = pool.rarely(3) ? all.named(pool.name()) : all;
        ConfigFilter filter = pool.rarely(2) ? named.tagged(pool.object()) : named;
        PageRequest page = pool.page();
        return new Operation(
                "configs.list and count " + filter + ", " + page.size(),
                (stores, side) ->
                        Paging.all(page, p -> stores.configs().list(filter, p))
                                + " "
                                + stores.configs().count(filter));
    }

    private Operation update(ConfigId id) {
        ConfigUpdate update = ConfigUpdate.nothing();
        if (pool.rarely(3)) {
            update = update.name(pool.name());
        }
        if (pool.rarely(3)) {
            update = pool.rarely(3) ? update.noDescription() : update.description(pool.name());
        }
        if (pool.rarely(3)) {
            update = update.yaml(pool.yaml());
        }
        if (pool.rarely(3)) {
            update = update.tags(pool.object());
        }
        if (pool.rarely(6)) {
            update = update.expectVersion(1 + pool.below(3));
        }
        ConfigUpdate whole = update;
        return new Operation(
                "configs.update " + id + " " + whole,
                (stores, side) -> stores.configs().update(id, whole));
    }
}

package io.twinstore.storage.integration;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ApplicationUpdate;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Secret;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Makes up calls of the store of applications. Keys differ on both sides, and are numbered. */
final class ApplicationOperations {

    private static final Pattern KEY = Pattern.compile("twk_[A-Za-z0-9_-]+");
    private static final String IMPORTED = "imported-key-of-40-characters-0123456789";
    private static final String HASH =
            "$2b$04$abcdefghijklmnopqrstuuJOOjV/eHhc8MH6CZi9FDgH.QiYD.XE6";

    private static final List<Duration> OVERLAPS =
            List.of(
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    Duration.ofDays(30),
                    Duration.ofDays(366));

    private final ValuePool pool;

    ApplicationOperations(ValuePool pool) {
        this.pool = pool;
    }

    private static Operation on(String text, Operation.Act call) {
        return new Operation(
                "applications." + text,
                (stores, side) -> masked(String.valueOf(call.on(stores, side))));
    }

    /** Takes out what is random. */
    static String masked(String text) {
        return KEY.matcher(text).replaceAll("twk_");
    }

    Operation next() {
        AppId id = pool.app();
        return switch (pool.below(16)) {
            case 0, 1, 2 -> create(id);
            case 3 -> on("find " + id, (stores, side) -> stores.applications().find(id));
            case 4, 5 -> list();
            case 6, 7 -> update(id);
            case 8 -> on("activate " + id, (stores, side) -> stores.applications().activate(id));
            case 9 ->
                    on("deactivate " + id, (stores, side) -> stores.applications().deactivate(id));
            case 10, 11 -> rotate(id);
            case 12, 13, 14 -> authenticate(id);
            default ->
                    pool.rarely(3)
                            ? on("delete " + id, (stores, side) -> stores.applications().delete(id))
                            : list();
        };
    }

    private Operation create(AppId id) {
        NewApplication named = NewApplication.named(pool.name()).settings(pool.object());
        NewApplication maybe = pool.rarely(3) ? named.inactive() : named;
        NewApplication imported = pool.rarely(4) ? maybe.importedHash(Secret.of(HASH)) : maybe;
        NewApplication whole = pool.rarely(5) ? imported : imported.id(id);
        return on(
                "create " + whole,
                (stores, side) -> kept(side, stores.applications().create(whole)));
    }

    private Operation rotate(AppId id) {
        Duration overlap = pool.one(OVERLAPS);
        return on(
                "rotateKey " + id + " " + overlap,
                (stores, side) -> kept(side, stores.applications().rotateKey(id, overlap)));
    }

    private static IssuedKey kept(Side side, IssuedKey issued) {
        side.keys().add(issued.key());
        return issued;
    }

    private Operation authenticate(AppId id) {
        int number = pool.below(6);
        // A call that finds nothing is meant to be slow.
        if (pool.rarely(20)) {
            return on(
                    "authenticate " + id + " by an imported key",
                    (stores, side) -> stores.applications().authenticate(id, Secret.of(IMPORTED)));
        }
        return on(
                "authenticate by the latest key but " + number,
                (stores, side) -> {
                    int index = side.keys().size() - 1 - number;
                    Secret key = index < 0 ? Secret.of(IMPORTED) : side.keys().get(index);
                    return stores.applications().authenticate(key);
                });
    }

    private Operation list() {
        PageRequest page = pool.page();
        return on(
                "list and count " + page.size(),
                (stores, side) ->
                        Paging.all(page, p -> stores.applications().list(p))
                                + " "
                                + stores.applications().count());
    }

    private Operation update(AppId id) {
        ApplicationUpdate update = ApplicationUpdate.nothing();
        if (pool.rarely(3)) {
            update = update.name(pool.name());
        }
        if (pool.rarely(3)) {
            update = update.settings(pool.object());
        }
        if (pool.rarely(3)) {
            update = update.mergeSettings(pool.object());
        }
        if (pool.rarely(6)) {
            update = update.expectVersion(1 + pool.below(3));
        }
        ApplicationUpdate whole = update;
        return on(
                "update " + id + " " + whole,
                (stores, side) -> stores.applications().update(id, whole));
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.Secret;
import io.twinstore.storage.spi.TextRules;
import java.time.Instant;
import java.util.Optional;

/**
 * Keys of which an earlier program left the bcrypt hash. They are compared while no connection is
 * held, since that takes a quarter of a second; what was compared is looked at again when the hash
 * is replaced.
 */
final class ImportedKeys {

    /** Whoever has a fast hash of a shorter key might find the key. */
    private static final int SHORTEST_REHASHED = 20;

    private final Handles handles;
    private final StoreTools tools;

    ImportedKeys(Handles handles, StoreTools tools) {
        this.handles = handles;
        this.tools = tools;
    }

    Optional<Application> authenticate(AppId id, Secret key) {
        Optional<KeyedApplicationRow> found =
                handles.read(handle -> tools.applications(handle).findImportedKey(id));
        Instant now = tools.clock().now();
        boolean same =
                BcryptHashes.matches(
                        key, found.map(KeyedApplicationRow::keyHash).orElse(Secret.none()));
        Optional<KeyedApplicationRow> usable = found.filter(row -> same && row.isUsable(now));
        return isRehashed(key)
                ? usable.flatMap(row -> rehashed(id, key, row.keyHash()))
                : usable.map(row -> row.application().toApplication());
    }

    private static boolean isRehashed(Secret key) {
        String text = key.reveal();
        return text.length() >= SHORTEST_REHASHED
                && TextRules.utf8Length(text) <= BcryptHashes.SEEN_BYTES;
    }

    /**
     * Replaces the hash if it is still there. If it is not, whoever was faster has replaced it, or
     * has rotated or deleted what the key belongs to; what the key finds now is the answer.
     */
    private Optional<Application> rehashed(AppId id, Secret key, Secret compared) {
        String lookup = ApiKeys.lookup(key);
        Secret hash = ApiKeys.hash(key);
        return handles.write(
                handle -> {
                    ApplicationDao dao = tools.applications(handle);
                    dao.lock(id);
                    Instant now = tools.clock().now();
                    Optional<KeyedApplicationRow> left =
                            dao.findImportedKey(id).filter(row -> row.keyHash().equals(compared));
                    if (left.isEmpty()) {
                        return dao.findByKey(lookup)
                                .filter(row -> row.keyHash().equals(hash))
                                .filter(row -> row.application().appId().equals(id))
                                .filter(row -> row.isUsable(now))
                                .map(row -> row.application().toApplication());
                    }
                    if (!left.get().isUsable(now)) {
                        return Optional.empty();
                    }
                    replace(
                            dao,
                            left.get(),
                            new ApplicationKeyRow(id, lookup, hash, now, left.get().expiresAt()));
                    return dao.find(id).map(ApplicationRow::toApplication);
                });
    }

    /** A key that two applications share finds one of them; the other goes on by its id. */
    private static void replace(
            ApplicationDao dao, KeyedApplicationRow old, ApplicationKeyRow key) {
        if (dao.insertKeyIfFree(key) == 1) {
            dao.deleteKey(key.appId(), old.keyHash());
        }
    }
}

package io.twinstore.storage.jdbi;

import static java.util.Objects.requireNonNull;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.ApplicationUpdate;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Secret;
import io.twinstore.storage.spi.MergePatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Applications in SQL. Whoever changes one, or its keys, locks its row first. */
final class JdbiApplicationStore implements ApplicationStore {

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(365);

    /** What a key that finds nothing is compared with. */
    private static final Secret NOBODYS = ApiKeys.hash(ApiKeys.make());

    private final Handles handles;
    private final StoreTools tools;
    private final ImportedKeys imported;

    JdbiApplicationStore(Handles handles, StoreTools tools) {
        this.handles = handles;
        this.tools = tools;
        this.imported = new ImportedKeys(handles, tools);
    }

    @Override
    public IssuedKey create(NewApplication application) {
        requireNonNull(application, "application");
        Instant now = tools.clock().now();
        Secret given = application.importedHash();
        Secret key = given == null ? ApiKeys.make() : Secret.none();
        String lookup = given == null ? ApiKeys.lookup(key) : null;
        Secret hash = given == null ? ApiKeys.hash(key) : BcryptHashes.require(given);
        ApplicationRow row = row(application, lookup, now);
        AppId id = row.appId();
        return handles.write(
                handle -> {
                    ApplicationDao dao = tools.applications(handle);
                    if (dao.insert(row) == 0) {
                        throw new AlreadyExistsException("application", id.value());
                    }
                    dao.insertKey(new ApplicationKeyRow(id, lookup, hash, now, null));
                    return new IssuedKey(row.toApplication(), key);
                });
    }

    private ApplicationRow row(NewApplication given, @Nullable String lookup, Instant now) {
        return new ApplicationRow(
                given.id() != null ? given.id() : AppId.of(tools.ids().next()),
                FieldRules.name("application.name", given.name()),
                given.active(),
                FieldRules.object("application.settings", given.settings()),
                lookup,
                1,
                now,
                now);
    }

    @Override
    public Optional<Application> find(AppId id) {
        requireNonNull(id, "id");
        return handles.read(
                handle -> tools.applications(handle).find(id).map(ApplicationRow::toApplication));
    }

    @Override
    public Page<Application> list(PageRequest page) {
        requireNonNull(page, "page");
        Cursors cursors = new Cursors("applications");
        Conditions conditions = new Conditions();
        if (page.cursor() != null) {
            conditions
                    .and("a.app_id > :cursorId")
                    .bind("cursorId", cursors.read(page.cursor()).text(0));
        }
        List<ApplicationRow> rows =
                handles.read(
                        handle ->
                                tools.applications(handle)
                                        .list(
                                                conditions.where(),
                                                conditions.bindings(),
                                                page.size() + 1));
        return Pages.cut(
                rows,
                page.size(),
                ApplicationRow::toApplication,
                last -> cursors.write(last.appId().value()));
    }

    @Override
    public long count() {
        return handles.read(handle -> tools.applications(handle).count());
    }

    @Override
    public Application update(AppId id, ApplicationUpdate update) {
        requireNonNull(id, "id");
        requireNonNull(update, "update");
        ApplicationUpdate checked = checked(update);
        return handles.write(
                handle -> {
                    ApplicationRow old = locked(handle, id);
                    refuseOtherVersion(old, checked.expectedVersion());
                    String name = checked.name() != null ? checked.name() : old.name();
                    return changed(handle, old, name, old.active(), settings(old, checked));
                });
    }

    private static ApplicationUpdate checked(ApplicationUpdate update) {
        if (update.name() != null) {
            FieldRules.name("application.name", update.name());
        }
        if (update.settingsPatch() != null) {
            FieldRules.object("application.settingsPatch", update.settingsPatch());
        }
        return update.settings() == null
                ? update
                : update.settings(FieldRules.object("application.settings", update.settings()));
    }

    private static Json settings(ApplicationRow old, ApplicationUpdate update) {
        Json settings = update.settings() != null ? update.settings() : old.settings();
        return update.settingsPatch() == null
                ? settings
                : FieldRules.object(
                        "application.settings", MergePatch.apply(settings, update.settingsPatch()));
    }

    private static void refuseOtherVersion(ApplicationRow old, @Nullable Long expected) {
        if (expected != null && expected != old.version()) {
            throw new ConflictException(
                    ConflictException.Reason.VERSION,
                    old.appId().value(),
                    expected.toString(),
                    Long.toString(old.version()));
        }
    }

    private ApplicationRow locked(Handle handle, AppId id) {
        return tools.applications(handle)
                .lock(id)
                .orElseThrow(() -> new NotFoundException("application", id.value()));
    }

    private Application changed(
            Handle handle, ApplicationRow old, String name, boolean active, Json settings) {
        ApplicationDao dao = tools.applications(handle);
        dao.update(
                new ApplicationRow(
                        old.appId(),
                        name,
                        active,
                        settings,
                        old.keyPrefix(),
                        old.version() + 1,
                        old.createdAt(),
                        tools.clock().nowAfter(old.updatedAt())));
        return dao.find(old.appId()).orElseThrow().toApplication();
    }

    @Override
    public boolean activate(AppId id) {
        return switched(id, true);
    }

    @Override
    public boolean deactivate(AppId id) {
        return switched(id, false);
    }

    private boolean switched(AppId id, boolean active) {
        requireNonNull(id, "id");
        return handles.write(
                handle -> {
                    ApplicationRow old = locked(handle, id);
                    if (old.active() == active) {
                        return false;
                    }
                    changed(handle, old, old.name(), active, old.settings());
                    return true;
                });
    }

    @Override
    public IssuedKey rotateKey(AppId id, Duration overlap) {
        requireNonNull(id, "id");
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new InvalidValueException(
                    "application.overlap", "zero to 365 days", overlap.toString());
        }
        Secret key = ApiKeys.make();
        return handles.write(
                handle -> {
                    ApplicationRow old = locked(handle, id);
                    ApplicationDao dao = tools.applications(handle);
                    Instant now = tools.clock().now();
                    dao.expireKeys(id, MicroClock.bound(now.plus(overlap)));
                    dao.deleteExpiredKeys(id, now);
                    dao.insertKey(
                            new ApplicationKeyRow(
                                    id, ApiKeys.lookup(key), ApiKeys.hash(key), now, null));
                    return new IssuedKey(
                            changed(handle, old, old.name(), old.active(), old.settings()), key);
                });
    }

    @Override
    public boolean delete(AppId id) {
        requireNonNull(id, "id");
        return handles.write(handle -> tools.applications(handle).delete(id) == 1);
    }

    @Override
    public Optional<Application> authenticate(Secret key) {
        requireNonNull(key, "key");
        String lookup = ApiKeys.lookup(key);
        Secret hash = ApiKeys.hash(key);
        Optional<KeyedApplicationRow> found =
                handles.read(handle -> tools.applications(handle).findByKey(lookup));
        Instant now = tools.clock().now();
        boolean same = hash.equals(found.map(KeyedApplicationRow::keyHash).orElse(NOBODYS));
        return found.filter(row -> same && row.isUsable(now))
                .map(row -> row.application().toApplication());
    }

    @Override
    public Optional<Application> authenticate(AppId id, Secret key) {
        requireNonNull(id, "id");
        Optional<Application> found = byKey(id, key);
        if (found.isEmpty()) {
            found = imported.authenticate(id, key);
        }
        // Another call may have replaced the hash between the two looks.
        return found.isPresent() ? found : byKey(id, key);
    }

    private Optional<Application> byKey(AppId id, Secret key) {
        return authenticate(key).filter(application -> application.id().equals(id));
    }
}

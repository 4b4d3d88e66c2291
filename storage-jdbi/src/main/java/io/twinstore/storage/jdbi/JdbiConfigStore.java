package io.twinstore.storage.jdbi;

import static java.util.Objects.requireNonNull;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.ConfigUpdate;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import java.time.Instant;
import java.util.Optional;

/** Configs in SQL. Whoever changes one locks its row first. */
final class JdbiConfigStore implements ConfigStore {

    private static final NewestFirst<ConfigRow> ORDER =
            new NewestFirst<>(
                    "updated_at, config_id", ConfigRow::updatedAt, row -> row.configId().value());

    private final Handles handles;
    private final StoreTools tools;

    JdbiConfigStore(Handles handles, StoreTools tools) {
        this.handles = handles;
        this.tools = tools;
    }

    @Override
    public Config create(NewConfig config) {
        requireNonNull(config, "config");
        Instant now = tools.clock().now();
        ConfigId id = config.id() != null ? config.id() : ConfigId.of(tools.ids().next());
        ConfigRow row =
                new ConfigRow(
                        id,
                        FieldRules.name("config.name", config.name()),
                        FieldRules.description(config.description()),
                        FieldRules.yaml(config.yaml()),
                        FieldRules.object("config.tags", config.tags()),
                        1,
                        now,
                        now,
                        null);
        return handles.write(
                handle -> {
                    if (tools.configs(handle).insert(row) == 0) {
                        throw new AlreadyExistsException("config", id.value());
                    }
                    return row.toConfig();
                });
    }

    @Override
    public Optional<Config> find(ConfigId id) {
        requireNonNull(id, "id");
        return handles.read(handle -> tools.configs(handle).findLive(id).map(ConfigRow::toConfig));
    }

    @Override
    public Page<Config> list(ConfigFilter filter, PageRequest page) {
        requireNonNull(filter, "filter");
        requireNonNull(page, "page");
        return ORDER.page(
                new Cursors("configs " + filter),
                conditions(filter),
                page,
                (where, bindings, limit) ->
                        handles.read(handle -> tools.configs(handle).list(where, bindings, limit)),
                ConfigRow::toConfig);
    }

    @Override
    public long count(ConfigFilter filter) {
        requireNonNull(filter, "filter");
        Conditions conditions = conditions(filter);
        return handles.read(
                handle -> tools.configs(handle).count(conditions.where(), conditions.bindings()));
    }

    private Conditions conditions(ConfigFilter filter) {
        Conditions conditions =
                new Conditions()
                        .visible(filter.visibility(), "deleted_at is not null")
                        .and(
                                "name = :name",
                                "name",
                                filter.name() == null
                                        ? null
                                        : FieldRules.name("filter.name", filter.name()));
        if (filter.tags() != null) {
            conditions.and(
                    tools.adapter().filters().contains("tags", "tags"),
                    "tags",
                    FieldRules.object("filter.tags", filter.tags()));
        }
        return conditions;
    }

    @Override
    public Config update(ConfigId id, ConfigUpdate update) {
        requireNonNull(id, "id");
        requireNonNull(update, "update");
        ConfigUpdate checked = checked(update);
        return handles.write(
                handle -> {
                    ConfigDao dao = tools.configs(handle);
                    ConfigRow old =
                            dao.lock(id)
                                    .filter(row -> row.deletedAt() == null)
                                    .orElseThrow(() -> new NotFoundException("config", id.value()));
                    Long expected = checked.expectedVersion();
                    if (expected != null && expected != old.version()) {
                        throw new ConflictException(
                                ConflictException.Reason.VERSION,
                                id.value(),
                                expected.toString(),
                                Long.toString(old.version()));
                    }
                    ConfigRow row = merge(old, checked);
                    dao.update(row);
                    return row.toConfig();
                });
    }

    private static ConfigUpdate checked(ConfigUpdate update) {
        if (update.name() != null) {
            FieldRules.name("config.name", update.name());
        }
        if (update.description() != null) {
            FieldRules.description(update.description().value());
        }
        if (update.yaml() != null) {
            FieldRules.yaml(update.yaml());
        }
        return update.tags() == null
                ? update
                : update.tags(FieldRules.object("config.tags", update.tags()));
    }

    private ConfigRow merge(ConfigRow old, ConfigUpdate update) {
        return new ConfigRow(
                old.configId(),
                update.name() != null ? update.name() : old.name(),
                update.description() != null ? update.description().value() : old.description(),
                update.yaml() != null ? update.yaml() : old.yamlContent(),
                update.tags() != null ? update.tags() : old.tags(),
                old.version() + 1,
                old.createdAt(),
                tools.clock().nowAfter(old.updatedAt()),
                old.deletedAt());
    }

    @Override
    public boolean delete(ConfigId id) {
        requireNonNull(id, "id");
        handles.refuseSnapshot("Deleting a config");
        return told(
                "sessions_deleted",
                id,
                handle -> {
                    Optional<ConfigRow> live =
                            tools.configs(handle).lock(id).filter(row -> row.deletedAt() == null);
                    live.ifPresent(
                            row -> {
                                Instant now = tools.clock().nowAfter(row.updatedAt());
                                tools.configs(handle).mark(id, now, now);
                                tools.sessions(handle).hideSessionsOf(id);
                            });
                    return live.isPresent();
                });
    }

    @Override
    public boolean restore(ConfigId id) {
        requireNonNull(id, "id");
        handles.refuseSnapshot("Restoring a config");
        return told(
                "sessions_restored",
                id,
                handle -> {
                    ConfigRow row =
                            tools.configs(handle)
                                    .lock(id)
                                    .orElseThrow(() -> new NotFoundException("config", id.value()));
                    if (row.deletedAt() == null) {
                        return false;
                    }
                    tools.configs(handle).mark(id, null, tools.clock().nowAfter(row.updatedAt()));
                    tools.sessions(handle).showSessionsOf(id);
                    return true;
                });
    }

    @Override
    public boolean purge(ConfigId id) {
        requireNonNull(id, "id");
        return told(
                "sessions_purged",
                id,
                handle -> {
                    if (tools.configs(handle).lock(id).isEmpty()) {
                        return false;
                    }
                    // Hidden heads refuse appends, so no message can follow those that are deleted
                    // here.
                    tools.sessions(handle).hideSessionsOf(id);
                    tools.sessions(handle).deleteMessagesOf(id);
                    return tools.configs(handle).delete(id) == 1;
                });
    }

    /** Does what concerns all sessions of the config, and tells their tails. */
    private boolean told(String action, ConfigId id, Handles.Work<Boolean> work) {
        boolean done = handles.write(work);
        if (done) {
            handles.tell(Notice.ofAll(action, id));
        }
        return done;
    }
}

package io.twinstore.storage.jdbi;

import static java.util.Objects.requireNonNull;

import io.twinstore.storage.Json;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.StoredSetting;
import io.twinstore.storage.spi.IndexedJson;
import io.twinstore.storage.spi.TextRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Settings in SQL. A put is one statement; whoever compares first locks the row. */
final class JdbiSettingsStore implements SettingsStore {

    private final Handles handles;
    private final StoreTools tools;

    JdbiSettingsStore(Handles handles, StoreTools tools) {
        this.handles = handles;
        this.tools = tools;
    }

    @Override
    public Optional<StoredSetting> find(String key) {
        String checked = key(key);
        return handles.read(
                handle -> tools.settings(handle).find(checked).map(SettingRow::toSetting));
    }

    @Override
    public StoredSetting put(String key, Json value) {
        return put(key(key), value(value), GLOBAL, false);
    }

    @Override
    public StoredSetting put(String key, Json value, String scope) {
        return put(key(key), value(value), scope(scope), true);
    }

    private StoredSetting put(String key, Json value, String scope, boolean withScope) {
        SettingRow row = new SettingRow(key, value, scope, tools.clock().now());
        return handles.write(
                handle -> {
                    SettingDao dao = tools.settings(handle);
                    dao.put(row, withScope);
                    return dao.find(key).orElseThrow().toSetting();
                });
    }

    @Override
    public boolean compareAndSet(String key, @Nullable Json expected, Json value) {
        String checkedKey = key(key);
        Json checked = value(value);
        return handles.write(
                handle ->
                        expected == null
                                ? insert(handle, checkedKey, checked)
                                : replace(handle, checkedKey, expected, checked));
    }

    private boolean insert(Handle handle, String key, Json value) {
        return tools.settings(handle)
                        .insert(new SettingRow(key, value, GLOBAL, tools.clock().now()))
                == 1;
    }

    private boolean replace(Handle handle, String key, Json expected, Json value) {
        Optional<SettingRow> found =
                tools.settings(handle).lock(key).filter(row -> row.value().sameMeaning(expected));
        found.ifPresent(
                row -> {
                    Instant now = tools.clock().nowAfter(row.updatedAt());
                    tools.settings(handle).put(new SettingRow(key, value, row.scope(), now), true);
                });
        return found.isPresent();
    }

    @Override
    public boolean delete(String key) {
        String checked = key(key);
        return handles.write(handle -> tools.settings(handle).delete(checked) == 1);
    }

    @Override
    public Page<StoredSetting> all(PageRequest page) {
        requireNonNull(page, "page");
        return list(new Cursors("settings"), new Conditions(), page);
    }

    @Override
    public Page<StoredSetting> inScope(String scope, PageRequest page) {
        String checked = scope(scope);
        requireNonNull(page, "page");
        return list(
                new Cursors("settings in " + checked),
                new Conditions().and("scope = :scope", "scope", checked),
                page);
    }

    private Page<StoredSetting> list(Cursors cursors, Conditions conditions, PageRequest page) {
        if (page.cursor() != null) {
            conditions
                    .and("setting_key > :cursorKey")
                    .bind("cursorKey", cursors.read(page.cursor()).text(0));
        }
        List<SettingRow> rows =
                handles.read(
                        handle ->
                                tools.settings(handle)
                                        .list(
                                                conditions.where(),
                                                conditions.bindings(),
                                                page.size() + 1));
        return Pages.cut(
                rows, page.size(), SettingRow::toSetting, last -> cursors.write(last.settingKey()));
    }

    private static String key(String key) {
        requireNonNull(key, "key");
        return TextRules.requireId("setting.key", key);
    }

    private static String scope(String scope) {
        requireNonNull(scope, "scope");
        return TextRules.requireId("setting.scope", scope);
    }

    private static Json value(Json value) {
        requireNonNull(value, "value");
        return IndexedJson.normalize("setting.value", value);
    }
}

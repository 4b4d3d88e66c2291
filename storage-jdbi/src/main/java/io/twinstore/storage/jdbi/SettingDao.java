package io.twinstore.storage.jdbi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on {@code settings}. */
@RegisterConstructorMapper(SettingRow.class)
public interface SettingDao {

    @SqlQuery(
            """
            select setting_key, value, scope, updated_at
              from settings
             where setting_key = :key
            """)
    Optional<SettingRow> find(String key);

    /** Reads the setting and keeps every other writer off it until the transaction ends. */
    Optional<SettingRow> lock(String key);

    /** Sets value and scope, or the value alone; times do not go back. */
    @SqlUpdate(
            """
            insert into settings (setting_key, value, scope, updated_at)
            values (:settingKey, :value, :scope, :updatedAt)
            on conflict (setting_key) do update
               set value = excluded.value,
                   scope = case when :withScope then excluded.scope else settings.scope end,
                   updated_at = case when excluded.updated_at > settings.updated_at then excluded.updated_at
                                     else settings.updated_at end
            """)
    int put(@BindMethods SettingRow row, boolean withScope);

    @SqlUpdate(
            """
            insert into settings (setting_key, value, scope, updated_at)
            values (:settingKey, :value, :scope, :updatedAt)
            on conflict (setting_key) do nothing
            """)
    int insert(@BindMethods SettingRow row);

    @SqlUpdate("delete from settings where setting_key = :key")
    int delete(String key);

    @SqlQuery(
            """
            select setting_key, value, scope, updated_at
              from settings
             where <where>
             order by setting_key
             limit :limit
            """)
    List<SettingRow> list(
            @Define("where") String where, @BindMap Map<String, Object> bindings, int limit);
}

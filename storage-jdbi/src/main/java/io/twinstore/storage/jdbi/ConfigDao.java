package io.twinstore.storage.jdbi;

import io.twinstore.storage.ConfigId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code configs}; a statement that reads the same in both databases stands here,
 * once.
 */
@RegisterConstructorMapper(ConfigRow.class)
public interface ConfigDao {

    @SqlUpdate(
            """
            insert into configs (config_id, name, description, yaml_content, tags, version, created_at, updated_at)
            values (:configId, :name, :description, :yamlContent, :tags, :version, :createdAt, :updatedAt)
            on conflict (config_id) do nothing
            """)
    int insert(@BindMethods ConfigRow row);

    @SqlQuery(
            """
            select config_id, name, description, yaml_content, tags, version, created_at, updated_at, deleted_at
              from configs
             where config_id = :id and deleted_at is null
            """)
    Optional<ConfigRow> findLive(ConfigId id);

    /**
     * Reads the config, deleted or not, and keeps every other writer off it until the transaction
     * ends.
     */
    Optional<ConfigRow> lock(ConfigId id);

    /**
     * Reads the config, deleted or not, and keeps it from being changed until the transaction ends.
     */
    Optional<ConfigRow> lockShared(ConfigId id);

    @SqlUpdate(
            """
            update configs
               set name = :name, description = :description, yaml_content = :yamlContent, tags = :tags,
                   version = :version, updated_at = :updatedAt
             where config_id = :configId
            """)
    int update(@BindMethods ConfigRow row);

    @SqlUpdate(
            """
            update configs
               set deleted_at = :deletedAt, version = version + 1, updated_at = :now
             where config_id = :id
            """)
    int mark(ConfigId id, @Nullable Instant deletedAt, Instant now);

    @SqlUpdate("delete from configs where config_id = :id")
    int delete(ConfigId id);

    @SqlQuery(
            """
            select config_id, name, description, yaml_content, tags, version, created_at, updated_at, deleted_at
              from configs
             where <where>
             order by updated_at desc, config_id desc
             limit :limit
            """)
    List<ConfigRow> list(
            @Define("where") String where, @BindMap Map<String, Object> bindings, int limit);

    @SqlQuery("select count(*) from configs where <where>")
    long count(@Define("where") String where, @BindMap Map<String, Object> bindings);
}

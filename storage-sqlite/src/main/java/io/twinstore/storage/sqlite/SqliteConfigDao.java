package io.twinstore.storage.sqlite;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.jdbi.ConfigDao;
import io.twinstore.storage.jdbi.ConfigRow;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * The statements on configs that lock a row: here the transaction that runs them holds the whole
 * file.
 */
@RegisterConstructorMapper(ConfigRow.class)
interface SqliteConfigDao extends ConfigDao {

    @Override
    @SqlQuery(
            """
            select config_id, name, description, yaml_content, tags, version, created_at, updated_at, deleted_at
              from configs
             where config_id = :id
            """)
    Optional<ConfigRow> lock(ConfigId id);

    @Override
    @SqlQuery(
            """
            select config_id, name, description, yaml_content, tags, version, created_at, updated_at, deleted_at
              from configs
             where config_id = :id
            """)
    Optional<ConfigRow> lockShared(ConfigId id);
}

package io.twinstore.storage.postgres;

import io.twinstore.storage.jdbi.SettingDao;
import io.twinstore.storage.jdbi.SettingRow;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The statement on settings that locks a row, which SQLite has no word for. */
@RegisterConstructorMapper(SettingRow.class)
interface PostgresSettingDao extends SettingDao {

    @Override
    @SqlQuery(
            """
            select setting_key, value, scope, updated_at
              from settings
             where setting_key = :key
               for update
            """)
    Optional<SettingRow> lock(String key);
}

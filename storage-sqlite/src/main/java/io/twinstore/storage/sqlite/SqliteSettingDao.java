package io.twinstore.storage.sqlite;

import io.twinstore.storage.jdbi.SettingDao;
import io.twinstore.storage.jdbi.SettingRow;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * The statement on settings that locks a row: here the transaction that runs it holds the whole
 * file.
 */
@RegisterConstructorMapper(SettingRow.class)
interface SqliteSettingDao extends SettingDao {

    @Override
    @SqlQuery(
            """
            select setting_key, value, scope, updated_at
              from settings
             where setting_key = :key
            """)
    Optional<SettingRow> lock(String key);
}

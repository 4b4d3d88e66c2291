package io.twinstore.storage.sqlite;

import io.twinstore.storage.AppId;
import io.twinstore.storage.jdbi.ApplicationDao;
import io.twinstore.storage.jdbi.ApplicationRow;
import io.twinstore.storage.jdbi.KeyedApplicationRow;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * The statement on applications that locks a row: here the transaction that runs it holds the whole
 * file.
 */
@RegisterConstructorMapper(ApplicationRow.class)
@RegisterConstructorMapper(KeyedApplicationRow.class)
interface SqliteApplicationDao extends ApplicationDao {

    @Override
    @SqlQuery(
            """
            select a.app_id, a.name, a.active, a.settings, k.lookup as key_prefix, a.version, a.created_at, a.updated_at
              from applications a
              left join application_keys k on k.app_id = a.app_id and k.expires_at is null
             where a.app_id = :id
            """)
    Optional<ApplicationRow> lock(AppId id);
}

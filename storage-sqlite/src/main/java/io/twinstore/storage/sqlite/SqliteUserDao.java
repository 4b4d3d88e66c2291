package io.twinstore.storage.sqlite;

import io.twinstore.storage.Json;
import io.twinstore.storage.UserId;
import io.twinstore.storage.jdbi.UserDao;
import io.twinstore.storage.jdbi.UserRow;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * The statement on users that locks a row: here the transaction that runs it holds the whole file.
 */
@RegisterConstructorMapper(UserRow.class)
interface SqliteUserDao extends UserDao {

    @Override
    @SqlQuery(
            """
            select metadata
              from users
             where user_id = :user
            """)
    Optional<Json> lockMetadata(UserId user);
}

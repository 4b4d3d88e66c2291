package io.twinstore.storage.postgres;

import io.twinstore.storage.Json;
import io.twinstore.storage.UserId;
import io.twinstore.storage.jdbi.UserDao;
import io.twinstore.storage.jdbi.UserRow;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The statement on users that locks a row, which SQLite has no word for. */
@RegisterConstructorMapper(UserRow.class)
interface PostgresUserDao extends UserDao {

    @Override
    @SqlQuery(
            """
            select metadata
              from users
             where user_id = :user
               for update
            """)
    Optional<Json> lockMetadata(UserId user);
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Json;
import io.twinstore.storage.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code users}. */
@RegisterConstructorMapper(UserRow.class)
public interface UserDao {

    /** Makes a record or moves the one that there is; times do not go back. */
    @SqlUpdate(
            """
            insert into users (user_id, first_seen, last_seen, last_seen_app_id, metadata)
            values (:user, :now, :now, :app, :metadata)
            on conflict (user_id) do update
               set last_seen = case when excluded.last_seen > users.last_seen then excluded.last_seen
                                    else users.last_seen end,
                   last_seen_app_id = coalesce(excluded.last_seen_app_id, users.last_seen_app_id)
            """)
    int seen(UserId user, Instant now, @Nullable AppId app, Json metadata);

    @SqlQuery(
            """
            select u.user_id, u.first_seen, u.last_seen, u.last_seen_app_id, u.metadata,
                   (select count(*)
                      from sessions s
                      join session_heads h on h.session_id = s.session_id
                     where s.owner_user_id = u.user_id and h.deleted = false) as total_sessions
              from users u
             where u.user_id = :user
            """)
    Optional<UserRow> find(UserId user);

    /** Reads the metadata and keeps every other writer off the user until the transaction ends. */
    Optional<Json> lockMetadata(UserId user);

    @SqlUpdate("update users set metadata = :metadata where user_id = :user")
    int updateMetadata(UserId user, Json metadata);

    @SqlQuery(
            """
            select u.user_id, u.first_seen, u.last_seen, u.last_seen_app_id, u.metadata,
                   (select count(*)
                      from sessions s
                      join session_heads h on h.session_id = s.session_id
                     where s.owner_user_id = u.user_id and h.deleted = false) as total_sessions
              from users u
             where <where>
             order by u.last_seen desc, u.user_id desc
             limit :limit
            """)
    List<UserRow> list(
            @Define("where") String where, @BindMap Map<String, Object> bindings, int limit);

    @SqlQuery("select count(*) from users u where <where>")
    long count(@Define("where") String where, @BindMap Map<String, Object> bindings);
}

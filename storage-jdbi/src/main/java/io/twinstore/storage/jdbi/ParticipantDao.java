package io.twinstore.storage.jdbi;

import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on {@code session_participants}; every writer holds the session's head. */
@RegisterConstructorMapper(ParticipantRow.class)
public interface ParticipantDao {

    @SqlUpdate(
            """
            insert into session_participants (session_id, user_id, role, joined_at, last_active_at, permissions)
            values (:sessionId, :userId, :role, :joinedAt, :lastActiveAt, :permissions)
            """)
    int insert(@BindMethods ParticipantRow row);

    @SqlUpdate(
            """
            update session_participants
               set role = :role, last_active_at = :lastActiveAt, permissions = :permissions
             where session_id = :sessionId and user_id = :userId
            """)
    int update(@BindMethods ParticipantRow row);

    @SqlUpdate("delete from session_participants where session_id = :id and user_id = :user")
    int delete(SessionId id, UserId user);

    @SqlQuery(
            """
            select session_id, user_id, role, joined_at, last_active_at, permissions
              from session_participants
             where session_id = :id and user_id = :user
            """)
    Optional<ParticipantRow> find(SessionId id, UserId user);

    @SqlQuery(
            """
            select session_id, user_id, role, joined_at, last_active_at, permissions
              from session_participants
             where session_id = :id
             order by joined_at, user_id
            """)
    List<ParticipantRow> list(SessionId id);

    @SqlQuery(
            """
            select user_id
              from session_participants
             where session_id = :id and role = 'owner'
             order by joined_at, user_id
            """)
    List<UserId> owners(SessionId id);

    @SqlQuery(
            """
            select p.role
              from session_participants p
              join session_heads h on h.session_id = p.session_id
             where p.session_id = :id and p.user_id = :user and h.deleted = false
            """)
    Optional<ParticipantRole> roleOf(SessionId id, UserId user);
}

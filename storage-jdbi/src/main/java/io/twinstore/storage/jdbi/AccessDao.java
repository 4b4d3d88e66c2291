package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * The statements that find out what a limited store may do in a session, deleted or not.
 *
 * <p>Each begins at a primary key and finds nothing in the same way where there is no such session
 * and where it is not the caller's.
 */
public interface AccessDao {

    @SqlQuery("select role from session_participants where session_id = :id and user_id = :user")
    Optional<ParticipantRole> roleOf(SessionId id, UserId user);

    @SqlQuery(
            """
            select p.role
              from session_participants p
              join sessions s on s.session_id = p.session_id
             where p.session_id = :id and p.user_id = :user and s.created_by_app_id = :app
            """)
    Optional<ParticipantRole> roleOfIn(SessionId id, UserId user, AppId app);

    @SqlQuery(
            """
            select exists (select 1 from sessions where session_id = :id and created_by_app_id = :app)
            """)
    boolean isOf(SessionId id, AppId app);
}

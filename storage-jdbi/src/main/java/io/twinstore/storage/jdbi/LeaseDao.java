package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on {@code session_leases}; every writer holds the session's head. */
@RegisterConstructorMapper(LeaseRow.class)
public interface LeaseDao {

    @SqlQuery(
            """
            select l.session_id, l.holder, l.token, l.acquired_at, l.expires_at
              from session_leases l
              join session_heads h on h.session_id = l.session_id
             where l.session_id = :id and h.deleted = false
            """)
    Optional<LeaseRow> find(SessionId id);

    @SqlUpdate(
            """
            insert into session_leases (session_id, holder, token, acquired_at, expires_at)
            values (:sessionId, :holder, :token, :acquiredAt, :expiresAt)
            on conflict (session_id) do update
               set holder = excluded.holder, token = excluded.token, acquired_at = excluded.acquired_at,
                   expires_at = excluded.expires_at
            """)
    int put(@BindMethods LeaseRow row);

    @SqlUpdate("update session_leases set expires_at = :expiresAt where session_id = :id")
    int extend(SessionId id, Instant expiresAt);

    @SqlUpdate("delete from session_leases where session_id = :id")
    int delete(SessionId id);

    /** Makes this token the session's latest. */
    @SqlUpdate("update session_heads set fence = :token where session_id = :id")
    int fence(SessionId id, long token);
}

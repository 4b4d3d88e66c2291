package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * The statements by which a tail looks. Each sees head and what belongs to it in one snapshot, so
 * that nothing a tail concludes depends on what was committed between two statements.
 */
@RegisterConstructorMapper(TailHead.class)
@RegisterConstructorMapper(TailRow.class)
@RegisterConstructorMapper(RosterRow.class)
public interface TailDao {

    /**
     * Returns the head, with the messages that follow a sequence unless the session is hidden; no
     * row when there is no such session.
     *
     * @param limit how many messages at most
     * @param bytes how many bytes of messages at most, as they are stored, but one message always
     */
    List<TailRow> page(SessionId id, long after, int limit, long bytes);

    /**
     * Returns the heads of these sessions, hidden ones included.
     *
     * @param ids a JSON array of session ids
     */
    List<TailHead> heads(String ids);

    /** Returns the heads of the sessions that the user takes part in, hidden ones included. */
    @SqlQuery(
            """
            select h.session_id, h.last_seq, h.base_seq, h.revision, h.incarnation, h.deleted
              from session_participants p
              join session_heads h on h.session_id = p.session_id
             where p.user_id = :user
             order by h.session_id
            """)
    List<TailHead> headsOf(UserId user);

    /** As {@link #headsOf}, of the sessions that the application created. */
    @SqlQuery(
            """
            select h.session_id, h.last_seq, h.base_seq, h.revision, h.incarnation, h.deleted
              from session_participants p
              join sessions s on s.session_id = p.session_id
              join session_heads h on h.session_id = p.session_id
             where p.user_id = :user and s.created_by_app_id = :app
             order by h.session_id
            """)
    List<TailHead> headsOfIn(UserId user, AppId app);

    /** Returns the session with its participants, hidden or not. */
    @SqlQuery(
            """
            select h.session_id, h.last_seq, h.base_seq, h.revision, h.incarnation, h.deleted,
                   s.status, p.user_id, p.role
              from session_heads h
              join sessions s on s.session_id = h.session_id
              left join session_participants p on p.session_id = h.session_id
             where h.session_id = :id
             order by p.joined_at, p.user_id
            """)
    List<RosterRow> roster(SessionId id);

    /**
     * Returns these sessions with their participants, hidden ones included.
     *
     * @param ids a JSON array of session ids
     */
    List<RosterRow> rosters(String ids);

    /** Returns the sessions that the user takes part in with all their participants. */
    @SqlQuery(
            """
            select h.session_id, h.last_seq, h.base_seq, h.revision, h.incarnation, h.deleted,
                   s.status, p.user_id, p.role
              from session_participants own
              join session_heads h on h.session_id = own.session_id
              join sessions s on s.session_id = h.session_id
              join session_participants p on p.session_id = h.session_id
             where own.user_id = :user
             order by h.session_id, p.joined_at, p.user_id
            """)
    List<RosterRow> rostersOf(UserId user);

    /** As {@link #rostersOf}, of the sessions that the application created. */
    @SqlQuery(
            """
            select h.session_id, h.last_seq, h.base_seq, h.revision, h.incarnation, h.deleted,
                   s.status, p.user_id, p.role
              from session_participants own
              join session_heads h on h.session_id = own.session_id
              join sessions s on s.session_id = h.session_id
              join session_participants p on p.session_id = h.session_id
             where own.user_id = :user and s.created_by_app_id = :app
             order by h.session_id, p.joined_at, p.user_id
            """)
    List<RosterRow> rostersOfIn(UserId user, AppId app);
}

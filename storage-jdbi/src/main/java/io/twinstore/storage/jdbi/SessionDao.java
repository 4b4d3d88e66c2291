package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code sessions} and {@code session_heads}.
 *
 * <p>Whoever changes a session locks in this order: config, head, session. Appends lock the head
 * alone first, so no two of them can wait for each other.
 */
@RegisterConstructorMapper(SessionRow.class)
@RegisterConstructorMapper(HeadRow.class)
@RegisterConstructorMapper(MembershipRow.class)
public interface SessionDao {

    @SqlUpdate(
            """
            insert into sessions (session_id, config_id, owner_user_id, created_by_app_id, status, metadata, version,
                                  created_at, updated_at, last_activity_at)
            values (:sessionId, :configId, :ownerUserId, :createdByAppId, :status, :metadata, :version,
                    :createdAt, :updatedAt, :lastActivityAt)
            on conflict (session_id) do nothing
            """)
    int insert(@BindMethods SessionRow row);

    @SqlUpdate(
            """
            insert into session_heads (session_id, last_seq, base_seq, message_count, fence, deleted, revision,
                                       incarnation)
            values (:id, 0, 0, 0, 0, false, 0, :incarnation)
            """)
    int insertHead(SessionId id, long incarnation);

    @SqlQuery(
            """
            select s.session_id, s.config_id, s.owner_user_id, s.created_by_app_id, s.last_accessed_by_app_id, s.status,
                   s.metadata, s.version, h.last_seq, h.base_seq, h.message_count, s.created_at, s.updated_at,
                   s.last_accessed_at, s.last_activity_at, h.last_message_at, s.deleted_at
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where s.session_id = :id and h.deleted = false
            """)
    Optional<SessionRow> findLive(SessionId id);

    @SqlQuery(
            """
            select s.session_id, s.config_id, s.owner_user_id, s.created_by_app_id, s.last_accessed_by_app_id, s.status,
                   s.metadata, s.version, h.last_seq, h.base_seq, h.message_count, s.created_at, s.updated_at,
                   s.last_accessed_at, s.last_activity_at, h.last_message_at, s.deleted_at
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where s.session_id = :id
            """)
    Optional<SessionRow> find(SessionId id);

    @SqlQuery(
            "select exists (select 1 from session_heads where session_id = :id and deleted = false)")
    boolean exists(SessionId id);

    @SqlQuery(
            """
            select last_seq, base_seq, message_count, fence, deleted, incarnation
              from session_heads
             where session_id = :id
            """)
    @Nullable HeadRow findHead(SessionId id);

    /** Reads the head and keeps every other writer off the session until the transaction ends. */
    @Nullable HeadRow lockHead(SessionId id);

    @SqlUpdate(
            """
            update sessions
               set owner_user_id = :ownerUserId, status = :status, metadata = :metadata, version = :version,
                   updated_at = :updatedAt, last_activity_at = :lastActivityAt
             where session_id = :sessionId
            """)
    int update(@BindMethods SessionRow row);

    @SqlUpdate(
            """
            update sessions
               set owner_user_id = :owner, version = version + 1, updated_at = :now
             where session_id = :id
            """)
    int changeOwner(SessionId id, @Nullable UserId owner, Instant now);

    @SqlUpdate(
            """
            update sessions
               set last_accessed_by_app_id = :app, last_accessed_at = :accessedAt, last_activity_at = :activeAt
             where session_id = :id
            """)
    int touch(SessionId id, AppId app, Instant accessedAt, Instant activeAt);

    @SqlUpdate(
            """
            update sessions
               set deleted_at = :deletedAt, version = version + 1, updated_at = :now
             where session_id = :id
            """)
    int mark(SessionId id, @Nullable Instant deletedAt, Instant now);

    /**
     * Leaves a mark on the head: tails see that record or participants changed, and a transaction
     * whose snapshot is older fails when it locks it, rather than decide on what it saw before.
     */
    @SqlUpdate("update session_heads set revision = revision + 1 where session_id = :id")
    int markChanged(SessionId id);

    @SqlUpdate(
            "update session_heads set deleted = :deleted, revision = revision + 1 where session_id = :id")
    int markHead(SessionId id, boolean deleted);

    @SqlUpdate(
            """
            update session_heads
               set deleted = true, revision = revision + 1
             where deleted = false
               and session_id in (select session_id from sessions where config_id = :id)
            """)
    int hideSessionsOf(ConfigId id);

    @SqlUpdate(
            """
            update session_heads
               set deleted = false, revision = revision + 1
             where deleted = true
               and session_id in (select session_id from sessions where config_id = :id and deleted_at is null)
            """)
    int showSessionsOf(ConfigId id);

    /** Ends the current transcript; the next begins after the last sequence. */
    @SqlUpdate(
            "update session_heads set base_seq = last_seq, message_count = 0 where session_id = :id")
    int startGeneration(SessionId id);

    /** Moves the last activity where it is as old as this. */
    @SqlUpdate(
            """
            update sessions
               set last_activity_at = :now
             where session_id = :id and last_activity_at <= :before
            """)
    int moveActivity(SessionId id, Instant now, Instant before);

    @SqlUpdate("delete from session_messages where session_id = :id")
    int deleteMessages(SessionId id);

    @SqlUpdate(
            """
            delete from session_messages
             where session_id in (select session_id from sessions where config_id = :id)
            """)
    int deleteMessagesOf(ConfigId id);

    @SqlUpdate("delete from sessions where session_id = :id")
    int delete(SessionId id);

    @SqlQuery(
            """
            select s.session_id, s.config_id, s.owner_user_id, s.created_by_app_id, s.last_accessed_by_app_id, s.status,
                   s.metadata, s.version, h.last_seq, h.base_seq, h.message_count, s.created_at, s.updated_at,
                   s.last_accessed_at, s.last_activity_at, h.last_message_at, s.deleted_at
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where <where>
             order by s.last_activity_at desc, s.session_id desc
             limit :limit
            """)
    List<SessionRow> list(
            @Define("where") String where, @BindMap Map<String, Object> bindings, int limit);

    @SqlQuery(
            """
            select count(*)
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where <where>
            """)
    long count(@Define("where") String where, @BindMap Map<String, Object> bindings);

    @SqlQuery(
            """
            select s.session_id, s.config_id, s.owner_user_id, s.created_by_app_id, s.last_accessed_by_app_id, s.status,
                   s.metadata, s.version, h.last_seq, h.base_seq, h.message_count, s.created_at, s.updated_at,
                   s.last_accessed_at, s.last_activity_at, h.last_message_at, s.deleted_at,
                   p.role as participant_role, p.joined_at, p.last_active_at
              from session_participants p
              join sessions s on s.session_id = p.session_id
              join session_heads h on h.session_id = s.session_id
             where <where>
             order by p.last_active_at desc nulls last, p.session_id desc
             limit :limit
            """)
    List<MembershipRow> memberships(
            @Define("where") String where, @BindMap Map<String, Object> bindings, int limit);
}

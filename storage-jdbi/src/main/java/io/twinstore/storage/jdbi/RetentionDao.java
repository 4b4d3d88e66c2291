package io.twinstore.storage.jdbi;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.SessionId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The statements that find and delete what is old.
 *
 * <p>What finds sessions looks without a lock, in the order of an index, and goes on after the last
 * one it saw. What locks waits for nobody: a session that is locked is being worked on. What
 * decides reads again, under the locks. Lists of ids are JSON arrays.
 */
@RegisterConstructorMapper(OldSession.class)
public interface RetentionDao {

    @SqlQuery(
            """
            select s.session_id, s.config_id, s.last_activity_at as time, h.last_seq
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where s.last_activity_at < :before and (s.last_activity_at, s.session_id) > (:afterTime, :afterId)
               and s.updated_at < :before and s.deleted_at is null and s.held_at is null and h.deleted = false
               and (h.last_message_at is null or h.last_message_at < :before)
             order by s.last_activity_at, s.session_id
             limit :limit
            """)
    List<OldSession> inactive(Instant before, Instant afterTime, String afterId, int limit);

    @SqlQuery(
            """
            select count(*)
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where s.last_activity_at < :before and s.updated_at < :before
               and s.deleted_at is null and s.held_at is null and h.deleted = false
               and (h.last_message_at is null or h.last_message_at < :before)
            """)
    long countInactive(Instant before);

    @SqlQuery(
            """
            select count(*)
              from sessions s
              join configs c on c.config_id = s.config_id
             where s.held_at is null and (s.deleted_at < :before or c.deleted_at < :before)
            """)
    long countDeleted(Instant before);

    /** Finds sessions that were deleted themselves. */
    @SqlQuery(
            """
            select s.session_id, s.config_id, s.deleted_at as time, h.last_seq
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where s.deleted_at < :before and (s.deleted_at, s.session_id) > (:afterTime, :afterId)
               and s.held_at is null
             order by s.deleted_at, s.session_id
             limit :limit
            """)
    List<OldSession> deleted(Instant before, Instant afterTime, String afterId, int limit);

    /** Finds the configs that were deleted, whose sessions are deleted with them. */
    @SqlQuery(
            """
            select config_id
              from configs
             where deleted_at < :before
             order by config_id
            """)
    List<ConfigId> deletedConfigs(Instant before);

    /** Finds sessions of a config that was deleted. */
    @SqlQuery(
            """
            select s.session_id, s.config_id, s.last_activity_at as time, h.last_seq
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where s.config_id = :config and (s.last_activity_at, s.session_id) > (:afterTime, :afterId)
               and s.held_at is null
             order by s.last_activity_at, s.session_id
             limit :limit
            """)
    List<OldSession> ofConfig(ConfigId config, Instant afterTime, String afterId, int limit);

    /** Keeps those of the configs from being changed that nobody else has locked. */
    List<ConfigId> lockFreeConfigs(String ids);

    /** Locks those of the heads that nobody else has locked. */
    List<SessionId> lockFreeHeads(String ids);

    /** Returns those of the sessions that are live, not held, and were last active before. */
    List<SessionId> stillInactive(String ids, Instant before);

    /** Returns those of the sessions that are not held, and were deleted before. */
    List<SessionId> stillDeleted(String ids, Instant before);

    /** Deletes the sessions softly; their heads are to be hidden, too. */
    int markAll(String ids, Instant now);

    /** Hides the sessions. */
    int hideAll(String ids);

    @SqlUpdate("update sessions set held_at = :heldAt where session_id = :id")
    int setHeld(SessionId id, @Nullable Instant heldAt);

    @SqlQuery("select held_at from sessions where session_id = :id")
    @Nullable Instant heldAt(SessionId id);
}

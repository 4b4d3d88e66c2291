package io.twinstore.storage.postgres;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.jdbi.OldSession;
import io.twinstore.storage.jdbi.RetentionDao;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements of retention that lock or take a list, which each database words its own way. */
@RegisterConstructorMapper(OldSession.class)
interface PostgresRetentionDao extends RetentionDao {

    @Override
    @SqlQuery(
            """
            select config_id
              from configs
             where config_id = any (array(select json_array_elements_text(cast(:ids as json))))
             order by config_id
               for share skip locked
            """)
    List<ConfigId> lockFreeConfigs(String ids);

    @Override
    @SqlQuery(
            """
            select session_id
              from session_heads
             where session_id = any (array(select json_array_elements_text(cast(:ids as json))))
             order by session_id
               for update skip locked
            """)
    List<SessionId> lockFreeHeads(String ids);

    @Override
    @SqlQuery(
            """
            select s.session_id
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where s.session_id = any (array(select json_array_elements_text(cast(:ids as json))))
               and s.last_activity_at < :before and s.updated_at < :before
               and s.deleted_at is null and s.held_at is null and h.deleted = false
               and (h.last_message_at is null or h.last_message_at < :before)
            """)
    List<SessionId> stillInactive(String ids, Instant before);

    @Override
    @SqlQuery(
            """
            select s.session_id
              from sessions s
              join configs c on c.config_id = s.config_id
             where s.session_id = any (array(select json_array_elements_text(cast(:ids as json))))
               and s.held_at is null and (s.deleted_at < :before or c.deleted_at < :before)
            """)
    List<SessionId> stillDeleted(String ids, Instant before);

    @Override
    @SqlUpdate(
            """
            update sessions
               set deleted_at = :now, version = version + 1, updated_at = :now
             where session_id = any (array(select json_array_elements_text(cast(:ids as json))))
            """)
    int markAll(String ids, Instant now);

    @Override
    @SqlUpdate(
            """
            update session_heads
               set deleted = true, revision = revision + 1
             where session_id = any (array(select json_array_elements_text(cast(:ids as json))))
            """)
    int hideAll(String ids);
}

package io.twinstore.storage.postgres;

import io.twinstore.storage.IndexLag;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.jdbi.CreatedRow;
import io.twinstore.storage.jdbi.MessageRow;
import io.twinstore.storage.jdbi.PendingRow;
import io.twinstore.storage.jdbi.ScopeConditions;
import io.twinstore.storage.jdbi.SearchDao;
import io.twinstore.storage.jdbi.SearchStateRow;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.customizer.FetchSize;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements of search that lock, list or measure in PostgreSQL's way. */
@RegisterConstructorMapper(SearchStateRow.class)
@RegisterConstructorMapper(PendingRow.class)
@RegisterConstructorMapper(MessageRow.class)
@RegisterConstructorMapper(IndexLag.class)
@RegisterConstructorMapper(CreatedRow.class)
@RegisterConstructorMapper(ScopeConditions.SessionInScope.class)
interface PostgresSearchDao extends SearchDao {

    /** What is lost in a crash is indexed again, so the commit need not wait for the disk. */
    @Override
    @SqlQuery(
            """
            select language, epoch, set_config('synchronous_commit', 'off', true)
              from search_state
             where state_id = 1
               for share
            """)
    SearchStateRow holdState();

    @Override
    @SqlQuery(
            """
            select p.session_id, p.indexed_seq, h.last_seq, h.base_seq, h.incarnation
              from search_pending p
              join session_heads h on h.session_id = p.session_id
             where p.session_id = any (array(select json_array_elements_text(cast(:ids as json))))
             order by p.session_id
            """)
    List<PendingRow> pending(String ids);

    @Override
    @SqlQuery(
            """
            select p.session_id, p.indexed_seq, h.last_seq, h.base_seq, h.incarnation
              from search_pending p
              join session_heads h on h.session_id = p.session_id
             where p.session_id = any (array(select json_array_elements_text(cast(:ids as json))))
             order by p.session_id
               for update of p skip locked
            """)
    List<PendingRow> claim(String ids);

    @Override
    @SqlQuery(
            """
            select session_id, seq, role, body, created_at
              from (
                  select session_id, seq, role, body, created_at,
                         sum(pg_column_size(body)) over (order by session_id, seq) - pg_column_size(body) as before
                    from (select m.session_id, m.seq, m.role, m.body, m.created_at
                            from search_pending p
                            join session_heads h on h.session_id = p.session_id
                            join session_messages m on m.session_id = p.session_id
                                                   and m.seq > greatest(p.indexed_seq, h.base_seq)
                           where p.session_id = any (array(select json_array_elements_text(cast(:ids as json))))
                           order by m.session_id, m.seq
                           limit :limit) page
              ) m
             where before < :bytes
             order by session_id, seq
            """)
    List<MessageRow> unindexed(String ids, int limit, long bytes);

    @Override
    @FetchSize(16)
    @SqlQuery(
            """
            select m.session_id, m.seq, m.role, m.body, m.created_at
              from json_array_elements(cast(:messages as json)) as k (message)
              join session_messages m on m.session_id = k.message ->> 0
                                     and m.seq = cast(k.message ->> 1 as bigint)
            """)
    ResultIterable<MessageRow> messagesAt(String messages);

    @Override
    @SqlQuery(
            """
            select s.session_id, s.config_id, s.owner_user_id, s.created_by_app_id, s.last_accessed_by_app_id, s.status,
                   s.metadata, s.version, h.last_seq, h.base_seq, h.message_count, s.created_at, s.updated_at,
                   s.last_accessed_at, s.last_activity_at, h.last_message_at, s.deleted_at, h.incarnation
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where h.deleted = false and s.session_id = any (array(select json_array_elements_text(cast(:ids as json))))
               and <where>
             order by s.created_at desc, s.session_id
             limit :limit
            """)
    List<CreatedRow> createdAmong(
            @Define("where") String where,
            @BindMap Map<String, Object> bindings,
            String ids,
            int limit);

    /** A head that somebody holds is left: its session is about to grow. */
    @Override
    @SqlUpdate(
            """
            with free as (
                select h.session_id
                  from session_heads h
                  join search_pending p on p.session_id = h.session_id and p.indexed_seq >= h.last_seq
                 where h.session_id = any (array(select json_array_elements_text(cast(:ids as json))))
                 order by h.session_id
                   for update of h skip locked
            ), ended as (
                update session_heads h
                   set indexed_seq = h.last_seq
                  from free, search_pending p
                 where h.session_id = free.session_id and p.session_id = h.session_id
                   and p.indexed_seq >= h.last_seq
                returning h.session_id
            )
            delete from search_pending p
             using ended
             where p.session_id = ended.session_id
            """)
    int finish(String ids);

    @Override
    @SqlUpdate("delete from search_entries where session_id = :id and seq <= :base")
    int removeOld(SessionId id, long base);

    @Override
    @SqlUpdate("delete from search_entries")
    void removeAll();
}

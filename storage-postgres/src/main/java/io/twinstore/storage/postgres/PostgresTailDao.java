package io.twinstore.storage.postgres;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.jdbi.RosterRow;
import io.twinstore.storage.jdbi.TailDao;
import io.twinstore.storage.jdbi.TailHead;
import io.twinstore.storage.jdbi.TailRow;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * The statements of a tail that measure and list in PostgreSQL's way. What a message takes is its
 * stored size, which is known without decompressing it.
 */
@RegisterConstructorMapper(TailHead.class)
@RegisterConstructorMapper(TailRow.class)
@RegisterConstructorMapper(RosterRow.class)
interface PostgresTailDao extends TailDao {

    @Override
    @SqlQuery(
            """
            select h.session_id, h.last_seq, h.base_seq, h.revision, h.incarnation, h.deleted,
                   m.seq, m.role, m.body, m.created_at
              from session_heads h
              left join (
                  select seq, role, body, created_at,
                         sum(pg_column_size(body)) over (order by seq) - pg_column_size(body) as before
                    from (select seq, role, body, created_at
                            from session_messages
                           where session_id = :id and seq > :after
                           order by seq
                           limit :limit) page
              ) m on m.before < :bytes and not h.deleted
             where h.session_id = :id
             order by m.seq
            """)
    List<TailRow> page(SessionId id, long after, int limit, long bytes);

    @Override
    @SqlQuery(
            """
            select session_id, last_seq, base_seq, revision, incarnation, deleted
              from session_heads
             where session_id = any (array(select json_array_elements_text(cast(:ids as json))))
            """)
    List<TailHead> heads(String ids);

    @Override
    @SqlQuery(
            """
            select h.session_id, h.last_seq, h.base_seq, h.revision, h.incarnation, h.deleted,
                   s.status, p.user_id, p.role
              from session_heads h
              join sessions s on s.session_id = h.session_id
              left join session_participants p on p.session_id = h.session_id
             where h.session_id = any (array(select json_array_elements_text(cast(:ids as json))))
             order by h.session_id, p.joined_at, p.user_id
            """)
    List<RosterRow> rosters(String ids);
}

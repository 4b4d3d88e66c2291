package io.twinstore.storage.sqlite;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.jdbi.RosterRow;
import io.twinstore.storage.jdbi.TailDao;
import io.twinstore.storage.jdbi.TailHead;
import io.twinstore.storage.jdbi.TailRow;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * The statements of a tail that measure and list in SQLite's way. The size of a text in bytes is
 * known without reading it.
 */
@RegisterConstructorMapper(TailHead.class)
@RegisterConstructorMapper(TailRow.class)
@RegisterConstructorMapper(RosterRow.class)
interface SqliteTailDao extends TailDao {

    @Override
    @SqlQuery(
            """
            select h.session_id, h.last_seq, h.base_seq, h.revision, h.incarnation, h.deleted,
                   m.seq, m.role, m.body, m.created_at
              from session_heads h
              left join (
                  select seq, role, body, created_at,
                         sum(octet_length(body)) over (order by seq) - octet_length(body) as before
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
             where session_id in (select value from json_each(:ids))
            """)
    List<TailHead> heads(String ids);
}

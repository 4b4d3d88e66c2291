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
 * known without reading it, so only the bodies that are handed out are read.
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
                  select seq, sum(size) over (order by seq) - size as before
                    from (select seq, octet_length(body) as size
                            from session_messages
                           where session_id = :id and seq > :after
                           order by seq
                           limit :limit) sizes
              ) page on page.before < :bytes and not h.deleted
              left join session_messages m on m.session_id = h.session_id and m.seq = page.seq
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

    @Override
    @SqlQuery(
            """
            select h.session_id, h.last_seq, h.base_seq, h.revision, h.incarnation, h.deleted,
                   s.status, p.user_id, p.role
              from session_heads h
              join sessions s on s.session_id = h.session_id
              left join session_participants p on p.session_id = h.session_id
             where h.session_id in (select value from json_each(:ids))
             order by h.session_id, p.joined_at, p.user_id
            """)
    List<RosterRow> rosters(String ids);
}

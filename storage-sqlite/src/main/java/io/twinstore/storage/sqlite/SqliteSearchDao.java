package io.twinstore.storage.sqlite;

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

/**
 * The statements of search that lock, list or measure in SQLite's way. The transaction that runs
 * them holds the whole file; entries and their terms stand in two tables.
 */
@RegisterConstructorMapper(SearchStateRow.class)
@RegisterConstructorMapper(PendingRow.class)
@RegisterConstructorMapper(MessageRow.class)
@RegisterConstructorMapper(IndexLag.class)
@RegisterConstructorMapper(CreatedRow.class)
@RegisterConstructorMapper(ScopeConditions.SessionInScope.class)
interface SqliteSearchDao extends SearchDao {

    @Override
    @SqlQuery("select language, epoch from search_state where state_id = 1")
    SearchStateRow holdState();

    @Override
    @SqlQuery(
            """
            select p.session_id, p.indexed_seq, h.last_seq, h.base_seq, h.incarnation
              from search_pending p
              join session_heads h on h.session_id = p.session_id
             where p.session_id in (select value from json_each(:ids))
             order by p.session_id
            """)
    List<PendingRow> pending(String ids);

    /** Nobody else writes while this transaction does. */
    @Override
    default List<PendingRow> claim(String ids) {
        return pending(ids);
    }

    @Override
    @SqlQuery(
            """
            select m.session_id, m.seq, m.role, m.body, m.created_at
              from (
                  select session_id, seq, sum(size) over (order by session_id, seq) - size as before
                    from (select m.session_id, m.seq, octet_length(m.body) as size
                            from search_pending p
                            join session_heads h on h.session_id = p.session_id
                            join session_messages m on m.session_id = p.session_id
                                                   and m.seq > max(p.indexed_seq, h.base_seq)
                           where p.session_id in (select value from json_each(:ids))
                           order by m.session_id, m.seq
                           limit :limit) sizes
              ) page
              join session_messages m on m.session_id = page.session_id and m.seq = page.seq
             where page.before < :bytes
             order by m.session_id, m.seq
            """)
    List<MessageRow> unindexed(String ids, int limit, long bytes);

    @Override
    @FetchSize(16)
    @SqlQuery(
            """
            select m.session_id, m.seq, m.role, m.body, m.created_at
              from json_each(:messages) k
             cross join session_messages m on m.session_id = json_extract(k.value, '$[0]')
                                          and m.seq = json_extract(k.value, '$[1]')
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
             where h.deleted = false and s.session_id in (select value from json_each(:ids))
               and <where>
             order by s.created_at desc, s.session_id
             limit :limit
            """)
    List<CreatedRow> createdAmong(
            @Define("where") String where,
            @BindMap Map<String, Object> bindings,
            String ids,
            int limit);

    @Override
    default int finish(String ids) {
        noteEnds(ids);
        return dropEnded(ids);
    }

    /** Notes in the heads of these sessions that they are indexed to their end, where they are. */
    @SqlUpdate(
            """
            update session_heads
               set indexed_seq = last_seq
             where session_id in (select value from json_each(:ids))
               and last_seq <= (select p.indexed_seq from search_pending p
                                 where p.session_id = session_heads.session_id)
            """)
    int noteEnds(String ids);

    /** Drops the rows of these sessions that are indexed to their end. */
    @SqlUpdate(
            """
            delete from search_pending
             where session_id in (select value from json_each(:ids))
               and indexed_seq >= (select h.last_seq from session_heads h
                                    where h.session_id = search_pending.session_id)
            """)
    int dropEnded(String ids);

    @Override
    default int removeOld(SessionId id, long base) {
        removeOldTerms(id, base);
        return removeOldEntries(id, base);
    }

    /** Removes the terms of what {@link #removeOldEntries} removes. */
    @SqlUpdate(
            """
            delete from search_terms
             where rowid in (select entry_id from search_entries where session_id = :id and seq <= :base)
            """)
    int removeOldTerms(SessionId id, long base);

    /** Removes the entries up to a sequence. */
    @SqlUpdate("delete from search_entries where session_id = :id and seq <= :base")
    int removeOldEntries(SessionId id, long base);

    @Override
    default void removeAll() {
        removeAllTerms();
        removeAllEntries();
    }

    /** Empties the index of terms. */
    @SqlUpdate("insert into search_terms (search_terms) values ('delete-all')")
    void removeAllTerms();

    /** Empties the table of entries. */
    @SqlUpdate("delete from search_entries")
    void removeAllEntries();
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.IndexLag;
import io.twinstore.storage.SessionId;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.customizer.FetchSize;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The statements of search that are not about terms. Triggers add a session to {@code
 * search_pending} when it is appended to, and remove everything of a purged one.
 *
 * <p>Whoever writes entries locks in this order: the state, the pending row, and last, without
 * waiting, the head. Appenders and purges hold a head and may wait for a pending row.
 */
@RegisterConstructorMapper(SearchStateRow.class)
@RegisterConstructorMapper(PendingRow.class)
@RegisterConstructorMapper(MessageRow.class)
@RegisterConstructorMapper(IndexLag.class)
@RegisterConstructorMapper(CreatedRow.class)
@RegisterConstructorMapper(ScopeConditions.SessionInScope.class)
public interface SearchDao {

    @SqlQuery("select language, epoch from search_state where state_id = 1")
    SearchStateRow state();

    /**
     * Reads the state and keeps it as it is until the transaction ends, which need not be durable.
     */
    SearchStateRow holdState();

    @SqlUpdate(
            "update search_state set language = :language where state_id = 1 and language is null")
    int chooseLanguage(String language);

    /** Changes the language, and keeps everybody else from indexing until the transaction ends. */
    @SqlUpdate("update search_state set language = :language, epoch = epoch + 1 where state_id = 1")
    int changeLanguage(String language);

    /** Returns pending sessions, in the order of their ids. */
    @SqlQuery(
            """
            select p.session_id, p.indexed_seq, h.last_seq, h.base_seq, h.incarnation
              from search_pending p
              join session_heads h on h.session_id = p.session_id
             where p.session_id > :after
             order by p.session_id
             limit :limit
            """)
    List<PendingRow> pendingAfter(String after, int limit);

    /**
     * Returns these sessions as far as they are pending.
     *
     * @param ids a JSON array of session ids
     */
    List<PendingRow> pending(String ids);

    /** As {@link #pending}, and keeps everybody else from indexing those that it returns. */
    List<PendingRow> claim(String ids);

    /** Returns the live pending sessions in a scope that have messages which are not indexed. */
    @SqlQuery(
            """
            select p.session_id, p.indexed_seq, h.last_seq, h.base_seq, h.incarnation
              from search_pending p
              join session_heads h on h.session_id = p.session_id
              join sessions s on s.session_id = p.session_id
             where h.deleted = false and h.last_seq > p.indexed_seq and h.last_seq > h.base_seq
               and <where>
             order by p.session_id
            """)
    List<PendingRow> pendingInScope(
            @Define("where") String where, @BindMap Map<String, Object> bindings);

    /** Returns live sessions in a scope. */
    @SqlQuery(
            """
            select h.session_id, h.incarnation
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where h.deleted = false and <where>
             limit :limit
            """)
    List<ScopeConditions.SessionInScope> sessionsInScope(
            @Define("where") String where, @BindMap Map<String, Object> bindings, int limit);

    /** Counts all sessions, up to a limit. */
    @SqlQuery("select count(*) from (select 1 from session_heads limit :limit) some_of_them")
    int countSessions(int limit);

    /**
     * Returns messages of pending sessions that are not indexed yet, in order.
     *
     * @param ids a JSON array of session ids
     * @param limit how many messages at most
     * @param bytes how many bytes of messages at most, as they are stored, but one message always
     */
    List<MessageRow> unindexed(String ids, int limit, long bytes);

    @FetchSize(50)
    @SqlQuery(
            """
            select session_id, seq, role, body, created_at
              from session_messages
             where session_id = :id and seq > :after and seq <= :last
             order by seq
            """)
    ResultIterable<MessageRow> messages(SessionId id, long after, long last);

    @SqlQuery(
            """
            select session_id, seq, role, body, created_at
              from session_messages
             where session_id = :id and seq = :seq
            """)
    @Nullable MessageRow message(SessionId id, long seq);

    /**
     * Returns messages.
     *
     * @param messages a JSON array of arrays of session id and sequence
     */
    ResultIterable<MessageRow> messagesAt(String messages);

    /** Returns sessions, those created last first, then by id. */
    @SqlQuery(
            """
            select s.session_id, s.config_id, s.owner_user_id, s.created_by_app_id, s.last_accessed_by_app_id, s.status,
                   s.metadata, s.version, h.last_seq, h.base_seq, h.message_count, s.created_at, s.updated_at,
                   s.last_accessed_at, s.last_activity_at, h.last_message_at, s.deleted_at, h.incarnation
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where h.deleted = false and <where>
             order by s.created_at desc, s.session_id
             limit :limit
            """)
    List<CreatedRow> created(
            @Define("where") String where, @BindMap Map<String, Object> bindings, int limit);

    /**
     * As {@link #created}, of some sessions alone.
     *
     * @param ids a JSON array of session ids
     */
    List<CreatedRow> createdAmong(
            @Define("where") String where,
            @BindMap Map<String, Object> bindings,
            String ids,
            int limit);

    @SqlBatch(
            transactional = false,
            value =
                    """
                    update search_pending
                       set indexed_seq = :indexedSeq, pending_since = :since
                     where session_id = :sessionId
                    """)
    int[] progress(@BindMethods Iterable<IndexedSession> sessions);

    /**
     * Notes of these sessions that they are indexed to their end, where they are, nobody writes to
     * them and the row is theirs.
     *
     * @param ids a JSON array of session ids
     */
    int finish(String ids);

    /** Removes the entries of earlier generations of a transcript. */
    int removeOld(SessionId id, long base);

    /** Removes all entries. */
    void removeAll();

    /** Has every session indexed from its beginning. */
    @SqlUpdate(
            """
            insert into search_pending (session_id, indexed_seq, pending_since)
            select session_id, 0, null from session_heads where last_seq > 0
            on conflict (session_id) do update set indexed_seq = 0, pending_since = null
            """)
    int markAll();

    @SqlQuery(
            """
            select count(*) as sessions, cast(coalesce(sum(missing), 0) as bigint) as messages, min(since) as since
              from (select h.last_seq - case when h.base_seq > p.indexed_seq then h.base_seq else p.indexed_seq end
                               as missing,
                           p.pending_since as since
                      from search_pending p
                      join session_heads h on h.session_id = p.session_id
                     where h.last_seq > p.indexed_seq and h.last_seq > h.base_seq
                     limit 10000) pending
            """)
    IndexLag lag();
}

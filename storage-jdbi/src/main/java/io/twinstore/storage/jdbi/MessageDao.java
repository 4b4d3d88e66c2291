package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.customizer.FetchSize;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * The statements that read {@code session_messages}, and those on {@code session_appends}.
 * Appending itself is the hot path and stands in the adapter's {@link Appends}.
 *
 * <p>The head is asked in a subquery that does not depend on the message, so both databases
 * evaluate it once and then walk the primary key in order, without a sort.
 */
@RegisterConstructorMapper(MessageRow.class)
@RegisterConstructorMapper(AppendRow.class)
public interface MessageDao {

    @SqlQuery(
            """
            select session_id, seq, role, body, created_at
              from session_messages
             where session_id = :id and seq between :first and :last
               and exists (select 1 from session_heads where session_id = :id and deleted = false)
             order by seq
             limit :limit
            """)
    List<MessageRow> forward(SessionId id, long first, long last, int limit);

    @SqlQuery(
            """
            select session_id, seq, role, body, created_at
              from session_messages
             where session_id = :id and seq between :first and :last
               and exists (select 1 from session_heads where session_id = :id and deleted = false)
             order by seq desc
             limit :limit
            """)
    List<MessageRow> backward(SessionId id, long first, long last, int limit);

    @SqlQuery(
            """
            select session_id, seq, role, body, created_at
              from session_messages
             where session_id = :id
               and seq > (select base_seq from session_heads where session_id = :id and deleted = false)
             order by seq desc
             limit :limit
            """)
    List<MessageRow> last(SessionId id, int limit);

    /** As {@link #last}, but read as far as it is asked for. */
    @FetchSize(100)
    @SqlQuery(
            """
            select session_id, seq, role, body, created_at
              from session_messages
             where session_id = :id
               and seq > (select base_seq from session_heads where session_id = :id and deleted = false)
             order by seq desc
             limit :limit
            """)
    ResultIterable<MessageRow> newestFirst(SessionId id, int limit);

    /** Returns what follows a sequence, of a session whose head the caller has looked at. */
    @FetchSize(100)
    @SqlQuery(
            """
            select session_id, seq, role, body, created_at
              from session_messages
             where session_id = :id and seq > :sequence
             order by seq
            """)
    ResultIterable<MessageRow> following(SessionId id, long sequence);

    @FetchSize(100)
    @SqlQuery(
            """
            select session_id, seq, role, body, created_at
              from session_messages
             where session_id = :id
               and seq > (select base_seq from session_heads where session_id = :id and deleted = false)
             order by seq
            """)
    ResultIterable<MessageRow> transcript(SessionId id);

    @SqlQuery(
            """
            select session_id, idempotency_key, first_seq, last_seq, digest, base_before, base_after, created_at
              from session_appends
             where session_id = :id and idempotency_key = :key
            """)
    Optional<AppendRow> findAppend(SessionId id, String key);

    @SqlUpdate(
            """
            insert into session_appends (session_id, idempotency_key, first_seq, last_seq, digest, base_before,
                                         base_after, created_at)
            values (:sessionId, :idempotencyKey, :firstSeq, :lastSeq, :digest, :baseBefore,
                    :baseAfter, :createdAt)
            """)
    int insertAppend(@BindMethods AppendRow row);
}

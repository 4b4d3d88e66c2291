package io.twinstore.storage.sqlite;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.jdbi.HeadRow;
import io.twinstore.storage.jdbi.MembershipRow;
import io.twinstore.storage.jdbi.SessionDao;
import io.twinstore.storage.jdbi.SessionRow;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * The statements on sessions that lock a row: here the transaction that runs them holds the whole
 * file.
 */
@RegisterConstructorMapper(SessionRow.class)
@RegisterConstructorMapper(HeadRow.class)
@RegisterConstructorMapper(MembershipRow.class)
interface SqliteSessionDao extends SessionDao {

    @Override
    @SqlQuery(
            """
            select last_seq, base_seq, message_count, fence, deleted, incarnation
              from session_heads
             where session_id = :id
            """)
    @Nullable HeadRow lockHead(SessionId id);
}

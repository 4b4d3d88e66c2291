package io.twinstore.storage.postgres;

import io.twinstore.storage.jdbi.AppendRequest;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one statement that appends, in three forms. Each bumps the head and inserts from the bumped
 * head, so the head is locked first.
 */
final class PostgresAppendSql {

    /** One message to any live head: by far the most frequent, so it carries nothing else. */
    private static final String ONE =
            """
            with head as (
                update session_heads
                   set last_seq = last_seq + 1, message_count = message_count + 1, last_message_at = ?
                 where session_id = ? and not deleted
                returning session_id, last_seq, last_message_at
            )
            insert into session_messages (session_id, seq, role, body, created_at)
            select session_id, last_seq, ?, ?::json, last_message_at from head
            returning seq - 1
            """;

    /** Messages to any live head. */
    private static final String MANY =
            """
            with head as (
                update session_heads
                   set last_seq = last_seq + ?::int, message_count = message_count + ?::int, last_message_at = ?
                 where session_id = ? and not deleted
                returning session_id, last_seq - ?::int as before, last_message_at
            ), messages as (
                insert into session_messages (session_id, seq, role, body, created_at)
                select head.session_id, head.before + m.place, m.role, m.body::json, head.last_message_at
                  from head, unnest(?::text[], ?::text[]) with ordinality as m (role, body, place)
            )
            select before from head
            """;

    /**
     * Messages to a head as it is expected; moves the session's last activity when that is a minute
     * old, and returns what it was: nothing where it seemed old but was not, since another append
     * moved it after this statement began.
     */
    private static final String LOOKING =
            """
            with head as (
                update session_heads
                   set last_seq = last_seq + ?::int, message_count = message_count + ?::int, last_message_at = ?
                 where session_id = ? and not deleted
                   and (?::bigint is null or last_seq = ?::bigint) and (?::bigint is null or fence = ?::bigint)
                returning session_id, last_seq - ?::int as before, last_message_at
            ), activity as (
                update sessions s
                   set last_activity_at = head.last_message_at
                  from head
                 where s.session_id = head.session_id
                   and s.last_activity_at <= head.last_message_at - interval '1 minute'
                returning s.session_id
            ), messages as (
                insert into session_messages (session_id, seq, role, body, created_at)
                select head.session_id, head.before + m.place, m.role, m.body::json, head.last_message_at
                  from head, unnest(?::text[], ?::text[]) with ordinality as m (role, body, place)
            )
            select before,
                   (select s.last_activity_at
                      from sessions s
                     where s.session_id = head.session_id
                       and (s.last_activity_at > head.last_message_at - interval '1 minute'
                            or exists (select 1 from activity)))
              from head
            """;

    private static final String MOVE_ACTIVITY =
            """
            update sessions
               set last_activity_at = ?
             where session_id = ? and last_activity_at <= ?::timestamptz - interval '1 minute'
            """;

    private PostgresAppendSql() {}

    /**
     * What an append found.
     *
     * @param before the last sequence before it
     * @param active the last activity before it, or null when it does not know
     */
    record Found(long before, @Nullable OffsetDateTime active) {}

    /** Appends to any live head, without a look at the last activity. */
    static @Nullable Found append(Connection connection, AppendRequest request)
            throws SQLException {
        boolean one = request.count() == 1;
        try (PreparedStatement statement = connection.prepareStatement(one ? ONE : MANY)) {
            if (one) {
                bindHead(statement, 1, request);
                AppendRequest.Line line = request.lines().get(0);
                statement.setString(3, line.role());
                statement.setString(4, line.body());
            } else {
                bindCount(statement, request);
                bindHead(statement, 3, request);
                statement.setInt(5, request.count());
                bindLines(connection, statement, 6, request);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Found(row.getLong(1), null) : null;
            }
        }
    }

    /** Appends to a head as the request expects it, and looks at the last activity. */
    static @Nullable Found appendLooking(Connection connection, AppendRequest request)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOKING)) {
            bindCount(statement, request);
            bindHead(statement, 3, request);
            statement.setObject(5, request.expected(), Types.BIGINT);
            statement.setObject(6, request.expected(), Types.BIGINT);
            statement.setObject(7, request.fence(), Types.BIGINT);
            statement.setObject(8, request.fence(), Types.BIGINT);
            statement.setInt(9, request.count());
            bindLines(connection, statement, 10, request);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Found(row.getLong(1), row.getObject(2, OffsetDateTime.class))
                        : null;
            }
        }
    }

    /** Moves the session's last activity when that is a minute old. */
    static void moveActivity(Connection connection, AppendRequest request) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE_ACTIVITY)) {
            bindHead(statement, 1, request);
            statement.setObject(3, PostgresTypes.time(request.now()));
            statement.executeUpdate();
        }
    }

    private static void bindCount(PreparedStatement statement, AppendRequest request)
            throws SQLException {
        statement.setInt(1, request.count());
        statement.setInt(2, request.count());
    }

    private static void bindHead(PreparedStatement statement, int from, AppendRequest request)
            throws SQLException {
        statement.setObject(from, PostgresTypes.time(request.now()));
        statement.setString(from + 1, request.session().value());
    }

    private static void bindLines(
            Connection connection, PreparedStatement statement, int from, AppendRequest request)
            throws SQLException {
        statement.setArray(from, texts(connection, request, AppendRequest.Line::role));
        statement.setArray(from + 1, texts(connection, request, AppendRequest.Line::body));
    }

    private static Array texts(
            Connection connection,
            AppendRequest request,
            Function<AppendRequest.Line, @Nullable String> column)
            throws SQLException {
        return connection.createArrayOf(
                "text", request.lines().stream().map(column).toArray(String[]::new));
    }
}

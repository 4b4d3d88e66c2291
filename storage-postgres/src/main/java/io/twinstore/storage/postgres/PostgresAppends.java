package io.twinstore.storage.postgres;

import io.twinstore.storage.jdbi.AppendRequest;
import io.twinstore.storage.jdbi.Appends;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.OptionalLong;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Appends in one statement and, alone, one round trip: bumps the head, inserts the rows, and moves
 * the session's last activity when that is a minute old. The insert reads the bumped head, so the
 * head is locked first.
 */
final class PostgresAppends implements Appends {

    private static final String ONE =
            """
            with head as (
                update session_heads
                   set last_seq = last_seq + 1, message_count = message_count + 1, last_message_at = ?
                 where session_id = ? and not deleted and (?::bigint is null or last_seq = ?::bigint)
                   and (?::bigint is null or fence = ?::bigint)
                returning session_id, last_seq, last_message_at
            ), activity as (
                update sessions s
                   set last_activity_at = head.last_message_at
                  from head
                 where s.session_id = head.session_id
                   and s.last_activity_at <= head.last_message_at - interval '1 minute'
            )
            insert into session_messages (session_id, seq, role, body, created_at)
            select session_id, last_seq, ?, ?::json, last_message_at from head
            returning seq - 1
            """;

    private static final String MANY =
            """
            with head as (
                update session_heads
                   set last_seq = last_seq + ?::int, message_count = message_count + ?::int, last_message_at = ?
                 where session_id = ? and not deleted and (?::bigint is null or last_seq = ?::bigint)
                   and (?::bigint is null or fence = ?::bigint)
                returning session_id, last_seq - ?::int as before, last_message_at
            ), activity as (
                update sessions s
                   set last_activity_at = head.last_message_at
                  from head
                 where s.session_id = head.session_id
                   and s.last_activity_at <= head.last_message_at - interval '1 minute'
            ), messages as (
                insert into session_messages (session_id, seq, role, body, created_at)
                select head.session_id, head.before + m.place, m.role, m.body::json, head.last_message_at
                  from head, unnest(?::text[], ?::text[]) with ordinality as m (role, body, place)
            )
            select before from head
            """;

    private final DataSource pool;
    private final PostgresErrors errors;

    PostgresAppends(DataSource pool, PostgresErrors errors) {
        this.pool = pool;
        this.errors = errors;
    }

    @Override
    public OptionalLong alone(AppendRequest request) {
        Connection connection;
        try {
            connection = pool.getConnection();
        } catch (SQLException e) {
            throw errors.translate(e);
        }
        try (connection) {
            return run(connection, request);
        } catch (SQLException e) {
            throw errors.translateCommit(e);
        }
    }

    @Override
    public OptionalLong within(Handle handle, AppendRequest request) throws SQLException {
        return run(handle.getConnection(), request);
    }

    private static OptionalLong run(Connection connection, AppendRequest request)
            throws SQLException {
        boolean one = request.count() == 1;
        try (PreparedStatement statement = connection.prepareStatement(one ? ONE : MANY)) {
            if (one) {
                bindOne(statement, request);
            } else {
                bindMany(connection, statement, request);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private static void bindOne(PreparedStatement statement, AppendRequest request)
            throws SQLException {
        bindHead(statement, 1, request);
        AppendRequest.Line line = request.lines().get(0);
        statement.setString(7, line.role());
        statement.setString(8, line.body());
    }

    private static void bindMany(
            Connection connection, PreparedStatement statement, AppendRequest request)
            throws SQLException {
        statement.setInt(1, request.count());
        statement.setInt(2, request.count());
        bindHead(statement, 3, request);
        statement.setInt(9, request.count());
        statement.setArray(10, texts(connection, request, AppendRequest.Line::role));
        statement.setArray(11, texts(connection, request, AppendRequest.Line::body));
    }

    private static void bindHead(PreparedStatement statement, int from, AppendRequest request)
            throws SQLException {
        statement.setObject(from, PostgresTypes.time(request.now()));
        statement.setString(from + 1, request.session().value());
        statement.setObject(from + 2, request.expected(), Types.BIGINT);
        statement.setObject(from + 3, request.expected(), Types.BIGINT);
        statement.setObject(from + 4, request.fence(), Types.BIGINT);
        statement.setObject(from + 5, request.fence(), Types.BIGINT);
    }

    private static Array texts(
            Connection connection,
            AppendRequest request,
            Function<AppendRequest.Line, @Nullable String> column)
            throws SQLException {
        return connection.createArrayOf("text", request.lines().stream().map(column).toArray());
    }
}

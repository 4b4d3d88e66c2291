package io.twinstore.storage.postgres;

import io.twinstore.storage.NewMessage;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.jdbi.Appends;
import io.twinstore.storage.jdbi.MessageRole;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
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
    public OptionalLong alone(
            SessionId id, List<NewMessage> messages, @Nullable Long expected, Instant now) {
        Connection connection;
        try {
            connection = pool.getConnection();
        } catch (SQLException e) {
            throw errors.translate(e);
        }
        try (connection) {
            return run(connection, id, messages, expected, now);
        } catch (SQLException e) {
            throw errors.translateCommit(e);
        }
    }

    @Override
    public OptionalLong within(
            Handle handle,
            SessionId id,
            List<NewMessage> messages,
            @Nullable Long expected,
            Instant now)
            throws SQLException {
        return run(handle.getConnection(), id, messages, expected, now);
    }

    private static OptionalLong run(
            Connection connection,
            SessionId id,
            List<NewMessage> messages,
            @Nullable Long expected,
            Instant now)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(messages.size() == 1 ? ONE : MANY)) {
            if (messages.size() == 1) {
                bindOne(statement, id, messages.get(0), expected, now);
            } else {
                bindMany(connection, statement, id, messages, expected, now);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private static void bindOne(
            PreparedStatement statement,
            SessionId id,
            NewMessage message,
            @Nullable Long expected,
            Instant now)
            throws SQLException {
        statement.setObject(1, PostgresTypes.time(now));
        statement.setString(2, id.value());
        statement.setObject(3, expected, Types.BIGINT);
        statement.setObject(4, expected, Types.BIGINT);
        statement.setString(5, MessageRole.of(message.body()));
        statement.setString(6, message.body().text());
    }

    private static void bindMany(
            Connection connection,
            PreparedStatement statement,
            SessionId id,
            List<NewMessage> messages,
            @Nullable Long expected,
            Instant now)
            throws SQLException {
        statement.setInt(1, messages.size());
        statement.setInt(2, messages.size());
        statement.setObject(3, PostgresTypes.time(now));
        statement.setString(4, id.value());
        statement.setObject(5, expected, Types.BIGINT);
        statement.setObject(6, expected, Types.BIGINT);
        statement.setInt(7, messages.size());
        statement.setArray(
                8,
                connection.createArrayOf(
                        "text", messages.stream().map(m -> MessageRole.of(m.body())).toArray()));
        statement.setArray(
                9,
                connection.createArrayOf(
                        "text", messages.stream().map(m -> m.body().text()).toArray()));
    }
}

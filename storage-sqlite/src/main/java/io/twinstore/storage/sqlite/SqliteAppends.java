package io.twinstore.storage.sqlite;

import io.twinstore.storage.Isolation;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.jdbi.Appends;
import io.twinstore.storage.jdbi.MessageRole;
import io.twinstore.storage.jdbi.SqlFaults;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Appends on the one writing connection, whose statements stay prepared. */
final class SqliteAppends implements Appends {

    private static final Duration ACTIVITY_GRAIN = Duration.ofMinutes(1);

    private static final String BUMP =
            """
            update session_heads
               set last_seq = last_seq + ?, message_count = message_count + ?, last_message_at = ?
             where session_id = ? and deleted = 0 and (? is null or last_seq = ?)
            returning last_seq
            """;
    private static final String INSERT =
            "insert into session_messages (session_id, seq, role, body, created_at) values (?, ?, ?, ?, ?)";
    private static final String ACTIVITY =
            "update sessions set last_activity_at = ? where session_id = ? and last_activity_at <= ?";

    private final SqliteTransactions transactions;
    private final SqliteErrors errors;

    SqliteAppends(SqliteTransactions transactions, SqliteErrors errors) {
        this.transactions = transactions;
        this.errors = errors;
    }

    @Override
    public OptionalLong alone(
            SessionId id, List<NewMessage> messages, @Nullable Long expected, Instant now) {
        try (SqliteTransactions.WriterLease lease = transactions.writing()) {
            Handle handle = lease.handle();
            transactions.begin(handle, Isolation.SERIALIZABLE);
            try {
                OptionalLong before = within(handle, id, messages, expected, now);
                transactions.commit(handle);
                return before;
            } catch (SQLException | RuntimeException | Error e) {
                undo(handle, e);
                throw e;
            }
        } catch (SQLException e) {
            throw errors.translate(e);
        }
    }

    /** Rolls back; what that meets with must not hide what went wrong. */
    private void undo(Handle handle, Throwable fault) {
        try {
            transactions.rollback(handle);
        } catch (SQLException e) {
            fault.addSuppressed(SqlFaults.withoutMessage(e));
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
        PreparedStatements prepared = transactions.statements(handle);
        try (prepared) {
            OptionalLong before = bump(prepared.of(BUMP), id, messages.size(), expected, now);
            if (before.isPresent()) {
                insert(prepared.of(INSERT), id, before.getAsLong(), messages, now);
                moveActivity(prepared.of(ACTIVITY), id, now);
            }
            return before;
        }
    }

    private static OptionalLong bump(
            PreparedStatement statement,
            SessionId id,
            int count,
            @Nullable Long expected,
            Instant now)
            throws SQLException {
        statement.setInt(1, count);
        statement.setInt(2, count);
        statement.setString(3, SqliteTypes.text(now));
        statement.setString(4, id.value());
        setNullable(statement, 5, expected);
        setNullable(statement, 6, expected);
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? OptionalLong.of(rows.getLong(1) - count) : OptionalLong.empty();
        }
    }

    private static void setNullable(PreparedStatement statement, int position, @Nullable Long value)
            throws SQLException {
        if (value == null) {
            statement.setNull(position, Types.BIGINT);
        } else {
            statement.setLong(position, value);
        }
    }

    private static void insert(
            PreparedStatement statement,
            SessionId id,
            long before,
            List<NewMessage> messages,
            Instant now)
            throws SQLException {
        String time = SqliteTypes.text(now);
        long sequence = before;
        for (NewMessage message : messages) {
            sequence++;
            statement.setString(1, id.value());
            statement.setLong(2, sequence);
            statement.setString(3, MessageRole.of(message.body()));
            statement.setString(4, message.body().text());
            statement.setString(5, time);
            statement.executeUpdate();
        }
    }

    private static void moveActivity(PreparedStatement statement, SessionId id, Instant now)
            throws SQLException {
        statement.setString(1, SqliteTypes.text(now));
        statement.setString(2, id.value());
        statement.setString(3, SqliteTypes.text(now.minus(ACTIVITY_GRAIN)));
        statement.executeUpdate();
    }

    /** Statements of one connection: kept prepared on the writer, closed after use on any other. */
    interface PreparedStatements extends AutoCloseable {

        /** Returns the statement, ready to bind. */
        PreparedStatement of(String sql) throws SQLException;

        /** Ends their use for now. */
        @Override
        void close() throws SQLException;

        /** Returns statements that are closed when they are released. */
        static PreparedStatements shortLived(Connection connection) {
            List<PreparedStatement> open = new java.util.ArrayList<>();
            return new PreparedStatements() {
                @Override
                public PreparedStatement of(String sql) throws SQLException {
                    PreparedStatement statement = connection.prepareStatement(sql);
                    open.add(statement);
                    return statement;
                }

                @Override
                public void close() throws SQLException {
                    for (PreparedStatement statement : open) {
                        statement.close();
                    }
                }
            };
        }
    }
}

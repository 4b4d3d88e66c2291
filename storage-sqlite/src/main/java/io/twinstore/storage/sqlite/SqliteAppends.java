package io.twinstore.storage.sqlite;

import io.twinstore.storage.Isolation;
import io.twinstore.storage.jdbi.AppendRequest;
import io.twinstore.storage.jdbi.Appends;
import io.twinstore.storage.jdbi.SqlFaults;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
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
             where session_id = ? and deleted = 0 and (? is null or last_seq = ?) and (? is null or fence = ?)
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
    public OptionalLong alone(AppendRequest request) {
        try (SqliteTransactions.WriterLease lease = transactions.writing()) {
            Handle handle = lease.handle();
            transactions.begin(handle, Isolation.SERIALIZABLE);
            try {
                OptionalLong before = within(handle, request);
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
    public OptionalLong within(Handle handle, AppendRequest request) throws SQLException {
        PreparedStatements prepared = transactions.statements(handle);
        try (prepared) {
            OptionalLong before = bump(prepared.of(BUMP), request);
            if (before.isPresent()) {
                insert(prepared.of(INSERT), request, before.getAsLong());
                moveActivity(prepared.of(ACTIVITY), request);
            }
            return before;
        }
    }

    private static OptionalLong bump(PreparedStatement statement, AppendRequest request)
            throws SQLException {
        statement.setInt(1, request.count());
        statement.setInt(2, request.count());
        statement.setString(3, SqliteTypes.text(request.now()));
        statement.setString(4, request.session().value());
        setNullable(statement, 5, request.expected());
        setNullable(statement, 6, request.expected());
        setNullable(statement, 7, request.fence());
        setNullable(statement, 8, request.fence());
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? OptionalLong.of(rows.getLong(1) - request.count())
                    : OptionalLong.empty();
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

    private static void insert(PreparedStatement statement, AppendRequest request, long before)
            throws SQLException {
        String time = SqliteTypes.text(request.now());
        long sequence = before;
        for (AppendRequest.Line line : request.lines()) {
            sequence++;
            statement.setString(1, request.session().value());
            statement.setLong(2, sequence);
            statement.setString(3, line.role());
            statement.setString(4, line.body());
            statement.setString(5, time);
            statement.executeUpdate();
        }
    }

    private static void moveActivity(PreparedStatement statement, AppendRequest request)
            throws SQLException {
        statement.setString(1, SqliteTypes.text(request.now()));
        statement.setString(2, request.session().value());
        statement.setString(3, SqliteTypes.text(request.now().minus(ACTIVITY_GRAIN)));
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

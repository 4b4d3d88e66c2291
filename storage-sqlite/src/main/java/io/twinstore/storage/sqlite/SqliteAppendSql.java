package io.twinstore.storage.sqlite;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.jdbi.AppendRequest;
import io.twinstore.storage.jdbi.KnownActivity;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;

/** The statements of an append, within a transaction that may write. */
final class SqliteAppendSql {

    private static final String BUMP =
            """
            update session_heads
               set last_seq = last_seq + ?, message_count = message_count + ?, last_message_at = ?
             where session_id = ? and deleted = 0
            returning last_seq
            """;
    private static final String BUMP_EXPECTED =
            """
            update session_heads
               set last_seq = last_seq + ?, message_count = message_count + ?, last_message_at = ?
             where session_id = ? and deleted = 0 and last_seq = coalesce(?, last_seq) and fence = coalesce(?, fence)
            returning last_seq
            """;
    private static final String INSERT =
            "insert into session_messages (session_id, seq, role, body, created_at) values (?, ?, ?, ?, ?)";
    private static final String ACTIVITY =
            "select last_activity_at from sessions where session_id = ?";
    private static final String MOVE_ACTIVITY =
            "update sessions set last_activity_at = ? where session_id = ?";

    private final SqliteStatements prepared;

    SqliteAppendSql(SqliteStatements prepared) {
        this.prepared = prepared;
    }

    /**
     * Moves the head as the request expects it by this many messages, and returns the last sequence
     * before them.
     */
    OptionalLong bump(AppendRequest request, int count) throws SQLException {
        PreparedStatement statement = prepared.of(request.isUnconditional() ? BUMP : BUMP_EXPECTED);
        statement.setInt(1, count);
        statement.setInt(2, count);
        statement.setString(3, SqliteTypes.text(request.now()));
        statement.setString(4, request.session().value());
        if (!request.isUnconditional()) {
            statement.setObject(5, request.expected());
            statement.setObject(6, request.fence());
        }
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1) - count) : OptionalLong.empty();
        }
    }

    /** Adds the messages behind this sequence, as of this time. */
    void insert(AppendRequest request, long before, Instant now) throws SQLException {
        PreparedStatement statement = prepared.of(INSERT);
        String time = SqliteTypes.text(now);
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

    /**
     * Moves the session's last activity when that is a minute old.
     *
     * @return what it was
     */
    Instant moveActivity(AppendRequest request) throws SQLException {
        Instant before = activity(request.session());
        if (!request.now().isBefore(before.plus(KnownActivity.GRAIN))) {
            PreparedStatement statement = prepared.of(MOVE_ACTIVITY);
            statement.setString(1, SqliteTypes.text(request.now()));
            statement.setString(2, request.session().value());
            statement.executeUpdate();
        }
        return before;
    }

    private Instant activity(SessionId session) throws SQLException {
        PreparedStatement statement = prepared.of(ACTIVITY);
        statement.setString(1, session.value());
        try (ResultSet row = statement.executeQuery()) {
            // The head that was bumped above refers to the session, so the row is there.
            row.next();
            return Instant.parse(row.getString(1));
        } catch (DateTimeParseException e) {
            throw new StorageException(
                    ErrorCode.INTERNAL,
                    "sessions.last_activity_at of the session is not a time as the storage writes"
                            + " it: other SQL must have changed it.");
        }
    }
}

package io.twinstore.storage.postgres;

import io.twinstore.storage.jdbi.AppendRequest;
import io.twinstore.storage.jdbi.Appends;
import io.twinstore.storage.jdbi.Combiner;
import io.twinstore.storage.jdbi.CombinerOptions;
import io.twinstore.storage.jdbi.Flushing;
import io.twinstore.storage.jdbi.KnownActivity;
import io.twinstore.storage.jdbi.Notice;
import io.twinstore.storage.jdbi.WaitingLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Appends in one statement and, alone, one round trip. Concurrent appends to one session wait for
 * its head's lock anyway, so they are brought together in one statement and one commit.
 */
final class PostgresAppends implements Appends {

    private final DataSource pool;
    private final WaitingLine line;
    private final PostgresErrors errors;
    private final KnownActivity activity = new KnownActivity();
    private final Combiner combiner;

    /**
     * @param patience how long an append waits behind others
     */
    PostgresAppends(DataSource pool, WaitingLine line, PostgresErrors errors, Duration patience) {
        this.pool = pool;
        this.line = line;
        this.errors = errors;
        this.combiner =
                new Combiner(
                        AppendRequest::session, this::turn, CombinerOptions.standard(patience));
    }

    @Override
    public OptionalLong alone(AppendRequest request, Consumer<Notice> committed) {
        return combiner.append(request, committed);
    }

    @Override
    public OptionalLong within(Handle handle, AppendRequest request) throws SQLException {
        return before(PostgresAppendSql.appendLooking(handle.getConnection(), request));
    }

    private Flushing.Turn turn() {
        line.enter();
        try {
            return new ConnectionTurn(connection());
        } catch (SQLException e) {
            if (e.getCause() instanceof InterruptedException) {
                // Some pools take the interrupt off; it is the caller's to see.
                Thread.currentThread().interrupt();
            }
            throw errors.translate(e);
        }
    }

    private Connection connection() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLException | RuntimeException | Error e) {
            line.leave();
            throw e;
        }
    }

    private static OptionalLong before(PostgresAppendSql.@Nullable Found found) {
        return found == null ? OptionalLong.empty() : OptionalLong.of(found.before());
    }

    /** A connection of the pool, for one append in autocommit. */
    private final class ConnectionTurn implements Flushing.Turn {

        private final Connection connection;

        private ConnectionTurn(Connection connection) {
            this.connection = connection;
        }

        @Override
        public List<OptionalLong> write(List<AppendRequest> requests) {
            try {
                OptionalLong before = append(together(requests));
                return requests.size() == 1 ? List.of(before) : answers(requests, before);
            } catch (SQLException e) {
                throw errors.translateCommit(e);
            }
        }

        private OptionalLong append(AppendRequest request) throws SQLException {
            if (request.isUnconditional() && activity.isFresh(request)) {
                OptionalLong before = before(PostgresAppendSql.append(connection, request));
                if (before.isPresent() && !activity.isFresh(request, before.getAsLong())) {
                    moveActivity(request);
                }
                return before;
            }
            PostgresAppendSql.Found found = PostgresAppendSql.appendLooking(connection, request);
            if (found == null) {
                return OptionalLong.empty();
            }
            OffsetDateTime active = found.active();
            if (active != null) {
                activity.saw(request, found.before(), active.toInstant());
            }
            return OptionalLong.of(found.before());
        }

        /** Done late, since only the append told that the session is another one by now. */
        private void moveActivity(AppendRequest request) {
            activity.forget(request);
            try {
                PostgresAppendSql.moveActivity(connection, request);
            } catch (SQLException e) {
                // What was appended is; the next append looks.
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException | RuntimeException e) {
                // What was committed is; the pool drops a connection that it cannot take back.
            } finally {
                line.leave();
            }
        }
    }

    /**
     * Makes one request of those to one session. It has the time of the latest, at which all of
     * them were waiting.
     */
    private static AppendRequest together(List<AppendRequest> requests) {
        AppendRequest first = requests.get(0);
        if (requests.size() == 1) {
            return first;
        }
        List<AppendRequest.Line> lines = new ArrayList<>();
        AppendRequest latest = first;
        for (AppendRequest request : requests) {
            lines.addAll(request.lines());
            latest = request.now().isAfter(latest.now()) ? request : latest;
        }
        return new AppendRequest(first.session(), lines, null, null, latest.now());
    }

    private static List<OptionalLong> answers(List<AppendRequest> requests, OptionalLong before) {
        List<OptionalLong> answers = new ArrayList<>(requests.size());
        OptionalLong own = before;
        for (AppendRequest request : requests) {
            answers.add(own);
            own = own.isPresent() ? OptionalLong.of(own.getAsLong() + request.count()) : own;
        }
        return answers;
    }
}

package io.twinstore.storage.sqlite;

import io.twinstore.storage.Isolation;
import io.twinstore.storage.jdbi.AppendRequest;
import io.twinstore.storage.jdbi.Appends;
import io.twinstore.storage.jdbi.Combiner;
import io.twinstore.storage.jdbi.CombinerOptions;
import io.twinstore.storage.jdbi.Flushing;
import io.twinstore.storage.jdbi.KnownActivity;
import io.twinstore.storage.jdbi.Notice;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Appends on the one writing connection, whose statements stay prepared. All concurrent appends
 * wait for that connection, so they are brought together in one transaction, whichever their
 * sessions.
 */
final class SqliteAppends implements Appends {

    private final SqliteTransactions transactions;
    private final SqliteErrors errors;
    private final KnownActivity activity = new KnownActivity();
    private final Combiner combiner;

    /**
     * @param patience how long an append waits behind others
     */
    SqliteAppends(SqliteTransactions transactions, SqliteErrors errors, Duration patience) {
        this.transactions = transactions;
        this.errors = errors;
        this.combiner =
                new Combiner(
                        request -> SqliteAppends.class,
                        this::turn,
                        CombinerOptions.standard(patience));
    }

    @Override
    public OptionalLong alone(AppendRequest request, Consumer<Notice> committed) {
        return combiner.append(request, committed);
    }

    @Override
    public OptionalLong within(Handle handle, AppendRequest request) throws SQLException {
        try (SqliteStatements prepared = transactions.statements(handle)) {
            SqliteAppendSql sql = new SqliteAppendSql(prepared);
            OptionalLong before = sql.bump(request, request.count());
            if (before.isPresent()) {
                sql.insert(request, before.getAsLong(), request.now());
                sql.moveActivity(request);
            }
            return before;
        }
    }

    private Flushing.Turn turn() {
        try {
            SqliteTransactions.WriterLease lease = transactions.writing();
            try {
                WriterTurn turn = new WriterTurn(lease);
                transactions.begin(lease.handle(), Isolation.SERIALIZABLE);
                return turn;
            } catch (SQLException | RuntimeException | Error e) {
                lease.close();
                throw e;
            }
        } catch (SQLException e) {
            throw errors.translate(e);
        }
    }

    /** The writer's transaction, for one batch. */
    private final class WriterTurn implements Flushing.Turn {

        private final SqliteTransactions.WriterLease lease;
        private boolean committed;

        private WriterTurn(SqliteTransactions.WriterLease lease) {
            this.lease = lease;
        }

        @Override
        public List<OptionalLong> write(List<AppendRequest> requests) {
            Handle handle = lease.handle();
            try (SqliteStatements prepared = transactions.statements(handle)) {
                SqliteBatch batch = new SqliteBatch(new SqliteAppendSql(prepared), activity);
                List<OptionalLong> answers = batch.write(requests);
                commit(handle);
                batch.remember();
                return answers;
            } catch (SQLException e) {
                throw errors.translate(e);
            }
        }

        private void commit(Handle handle) {
            try {
                transactions.commit(handle);
                committed = true;
            } catch (SQLException e) {
                throw errors.translateCommit(e);
            }
        }

        @Override
        public void close() {
            try (lease) {
                if (!committed) {
                    transactions.rollback(lease.handle());
                }
            } catch (SQLException e) {
                // It must not hide what went wrong; the writer has closed the connection.
            }
        }
    }
}

package io.twinstore.storage.schema;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One attempt to migrate, in one transaction. */
final class Migration {

    private final MigrationTarget target;
    private final Connection connection;
    private final @Nullable String found;

    Migration(MigrationTarget target, Connection connection, @Nullable String found) {
        this.target = target;
        this.connection = connection;
        this.found = found;
    }

    void run() throws SQLException, SchemaFailure {
        boolean done = false;
        try {
            target.begin(connection);
            // Again: whoever held the lock before us may have done it all.
            if (!SchemaRunner.isCurrent(target, target.tables().lastChange(connection))) {
                apply();
            }
            MigrationTarget.execute(connection, "commit");
            done = true;
        } catch (SQLException e) {
            if (target.meansBusy(e)) {
                throw SchemaFailure.busy(found, target.changelog().current(), e);
            }
            throw e;
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    private void apply() throws SQLException, SchemaFailure {
        target.tables().freeLock(connection);
        new LiquibaseRun(target, found).update(SavepointConnection.over(connection));
        String reached = target.tables().lastChange(connection);
        if (!target.changelog().current().equals(reached)) {
            throw SchemaFailure.failed(
                    found,
                    target.changelog().current(),
                    null,
                    new IllegalStateException("The changelog ended at change " + reached));
        }
    }

    /**
     * A rollback that fails has nothing to say: what went wrong before it does, and the database
     * does it anyway.
     */
    private void rollback() {
        try {
            MigrationTarget.execute(connection, "rollback");
        } catch (SQLException e) {
            // Said above.
        }
    }
}

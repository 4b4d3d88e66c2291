package io.twinstore.storage.schema;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One attempt to migrate, in one transaction. */
final class Migration {

    private final MigrationTarget target;
    private final Connection connection;
    private @Nullable String found;

    /**
     * @param found the version seen without the lock; looked at again under it
     */
    Migration(MigrationTarget target, Connection connection, @Nullable String found) {
        this.target = target;
        this.connection = connection;
        this.found = found;
    }

    /**
     * Migrates and returns the version that was found under the lock: none for the one that made
     * the schema.
     */
    @Nullable String run() throws SQLException, SchemaFailure {
        boolean done = false;
        try {
            target.begin(connection);
            // Again: whoever held the lock before us may have done it all.
            found = target.tables().lastChange(connection);
            if (!SchemaRunner.isCurrent(target, found)) {
                apply();
            }
            MigrationTarget.execute(connection, "commit");
            done = true;
            return found;
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

package io.twinstore.storage.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the last change of a changelog, and tells which one it is at.
 *
 * <p>A migration is one transaction under a lock of the database: of processes that open a database
 * at once, one migrates and the others wait and find it done; a process that is killed leaves
 * nothing behind. Where there is nothing to do, that is found by reading one row, and no class of
 * Liquibase is loaded.
 */
public final class SchemaRunner {

    private SchemaRunner() {}

    /**
     * Reads which change was applied last to the schema where the connection's names lead.
     *
     * <p>May be called inside a transaction, and never aborts one.
     *
     * @return the change's id; empty when the database has no schema of ours
     */
    public static Optional<String> version(Connection connection) throws SQLException {
        return Optional.ofNullable(ChangelogTables.of(connection).lastChange(connection));
    }

    /** Reads which change was applied last to the target; empty when it has no schema of ours. */
    public static Optional<String> version(MigrationTarget target) throws SQLException {
        try {
            return target.on(
                    connection -> Optional.ofNullable(target.tables().lastChange(connection)));
        } catch (SchemaFailure e) {
            throw new AssertionError("Reading a version decides nothing", e);
        }
    }

    /**
     * Makes sure that the target is at the changelog's last change, and writes nothing.
     *
     * @throws SchemaFailure when the schema is missing or behind, or ahead of the changelog
     */
    public static void check(MigrationTarget target) throws SQLException, SchemaFailure {
        String expected = target.changelog().current();
        Optional<String> found = version(target);
        if (!isCurrent(target, found.orElse(null))) {
            throw SchemaFailure.outdated(found.orElse(null), expected);
        }
    }

    /**
     * Applies those changes of the changelog that the target does not have yet: all of them, or
     * none.
     *
     * @return the version that was found; empty when this call, or another at the same moment, made
     *     the schema
     * @throws SchemaFailure when the database is ahead of the changelog or stays busy, or when a
     *     change fails
     * @throws SQLException when the database cannot be reached or read
     */
    public static Optional<String> migrate(MigrationTarget target)
            throws SQLException, SchemaFailure {
        return target.on(
                connection -> {
                    String found = target.tables().lastChange(connection);
                    if (!isCurrent(target, found)) {
                        found = new Migration(target, connection, found).run();
                    }
                    return Optional.ofNullable(found);
                });
    }

    static boolean isCurrent(MigrationTarget target, @Nullable String found) throws SchemaFailure {
        Changelog changelog = target.changelog();
        if (found != null && !changelog.changeIds().contains(found)) {
            throw SchemaFailure.newer(found, changelog.current());
        }
        return changelog.current().equals(found);
    }
}

package io.twinstore.storage.schema;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A database and the changelog that it should be at: all that {@link SchemaRunner} needs to know.
 *
 * <p>Immutable and cheap to make; it opens nothing by itself.
 */
public abstract sealed class MigrationTarget permits PostgresTarget, SqliteTarget {

    private static final int LONGEST_NAME = 63;

    private final Changelog changelog;
    private final ChangelogTables tables;

    MigrationTarget(Changelog changelog, ChangelogTables tables) {
        this.changelog = changelog;
        this.tables = tables;
    }

    /**
     * Names a schema of a PostgreSQL database, which is made when it is missing.
     *
     * <p>Each use takes one connection from the source and closes it. A migration waits as long as
     * a migration by another process takes; a lock or statement timeout that is set on the
     * connection bounds that wait.
     *
     * @param schema any name that PostgreSQL can hold, 1 to 63 bytes of UTF-8; it is quoted, so
     *     case counts
     * @throws IllegalArgumentException when PostgreSQL cannot hold the name (it would cut it off in
     *     silence)
     */
    public static MigrationTarget postgres(
            ConnectionSource source, String schema, Changelog changelog) {
        int bytes = schema.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > LONGEST_NAME || schema.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "A schema's name has 1 to %d bytes, none of them NUL; this one has %d"
                            .formatted(LONGEST_NAME, bytes));
        }
        return new PostgresTarget(source, schema, changelog);
    }

    /**
     * Names the SQLite database that a connection has open.
     *
     * <p>The connection stays open and keeps its autocommit mode and its busy timeout. It must not
     * be inside a transaction, and nothing else may use it meanwhile. A migration waits up to 30
     * seconds for others that write; other writers need a busy timeout that outlasts a migration.
     */
    public static MigrationTarget sqlite(Connection connection, Changelog changelog) {
        return new SqliteTarget(connection, changelog);
    }

    final Changelog changelog() {
        return changelog;
    }

    final ChangelogTables tables() {
        return tables;
    }

    /**
     * Runs a step on a connection that is in autocommit mode, and leaves the connection as it was.
     */
    abstract <T> T on(Step<T> step) throws SQLException, SchemaFailure;

    /**
     * Begins a transaction that no other migration of this target can be in, after waiting for
     * those that are.
     */
    abstract void begin(Connection connection) throws SQLException;

    /**
     * Returns whether the error says that others held the database for longer than this connection
     * waits.
     */
    abstract boolean meansBusy(SQLException error);

    /** What is done with a connection. */
    @FunctionalInterface
    interface Step<T> {
        T run(Connection connection) throws SQLException, SchemaFailure;
    }

    static <T> T inAutoCommit(Connection connection, Step<T> step)
            throws SQLException, SchemaFailure {
        boolean before = connection.getAutoCommit();
        if (before) {
            return step.run(connection);
        }
        connection.setAutoCommit(true);
        try {
            return step.run(connection);
        } finally {
            connection.setAutoCommit(false);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

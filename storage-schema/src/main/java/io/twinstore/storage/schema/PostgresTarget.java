package io.twinstore.storage.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

/** One schema of a PostgreSQL database. */
final class PostgresTarget extends MigrationTarget {

    /**
     * First half of the advisory lock's key, "TWIN" in ASCII; the second half is made from the
     * schema's name.
     */
    private static final int LOCK = 0x5457494e;

    /** lock_not_available and query_canceled: what a lock timeout and a statement timeout give. */
    private static final Set<String> BUSY = Set.of("55P03", "57014");

    private final ConnectionSource source;
    private final String schema;

    PostgresTarget(ConnectionSource source, String schema, Changelog changelog) {
        super(changelog, ChangelogTables.postgres(quoted(schema) + "."));
        this.source = source;
        this.schema = schema;
    }

    @Override
    <T> T on(Step<T> step) throws SQLException, SchemaFailure {
        try (Connection connection = source.connect()) {
            return inAutoCommit(connection, step);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The lock belongs to the transaction: the server frees it when this process is killed, but
     * not before the statement that still runs there has ended. Both it and the search path go with
     * the transaction, so a pool gets its connection back clean, and a pooler that hands out a
     * server per transaction does as well.
     */
    @Override
    void begin(Connection connection) throws SQLException {
        // Whatever the default is: with a snapshot from before the wait, we would not see what
        // others did meanwhile.
        execute(connection, "begin isolation level read committed");
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
            lock.setInt(1, LOCK);
            lock.setInt(2, schema.hashCode());
            lock.execute();
        }
        makeSchema(connection);
        try (PreparedStatement path =
                connection.prepareStatement("select set_config('search_path', ?, true)")) {
            path.setString(1, quoted(schema));
            path.execute();
        }
    }

    /**
     * Asks first: "if not exists" wants the right to create schemas even where there is nothing to
     * create.
     */
    private void makeSchema(Connection connection) throws SQLException {
        try (PreparedStatement look =
                connection.prepareStatement("select 1 from pg_namespace where nspname = ?")) {
            look.setString(1, schema);
            try (ResultSet row = look.executeQuery()) {
                if (!row.next()) {
                    execute(connection, "create schema if not exists " + quoted(schema));
                }
            }
        }
    }

    @Override
    boolean meansBusy(SQLException error) {
        String state = error.getSQLState();
        return state != null && BUSY.contains(state);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}

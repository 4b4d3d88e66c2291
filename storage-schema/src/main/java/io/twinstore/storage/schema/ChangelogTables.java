package io.twinstore.storage.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Liquibase's two tables, seen by plain JDBC.
 *
 * @param lookup query with one parameter, a table's whole name, that gives one non-null value when
 *     the table is there
 * @param prefix what stands before a table's name, the dot included
 */
record ChangelogTables(String lookup, String prefix) {

    static final String CHANGELOG = "twinstore_changelog";
    static final String LOCK = "twinstore_changelog_lock";

    static final ChangelogTables SQLITE =
            new ChangelogTables(
                    "select name from main.sqlite_master where type = 'table' and 'main.' || name = ?",
                    "main.");

    /**
     * The tables of a schema in PostgreSQL, whose quoted name and dot are given, or those on the
     * search path.
     */
    static ChangelogTables postgres(String prefix) {
        return new ChangelogTables("select to_regclass(?)::text", prefix);
    }

    /** Returns the tables that a name without a schema leads to. */
    static ChangelogTables of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return product.toLowerCase(Locale.ROOT).equals("sqlite") ? SQLITE : postgres("");
    }

    /**
     * Returns the id of the change that was applied last, null where none was.
     *
     * <p>Looks for the table first: to select from one that is missing aborts a transaction in
     * PostgreSQL.
     */
    @Nullable String lastChange(Connection connection) throws SQLException {
        if (!has(connection, CHANGELOG)) {
            return null;
        }
        String query = "select id from %s%s order by orderexecuted desc limit 1";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query.formatted(prefix, CHANGELOG))) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** Frees the lock that Liquibase left when its process was killed; only for who holds ours. */
    void freeLock(Connection connection) throws SQLException {
        if (has(connection, LOCK)) {
            String update =
                    "update %s%s set locked = false, lockgranted = null, lockedby = null where locked";
            MigrationTarget.execute(connection, update.formatted(prefix, LOCK));
        }
    }

    private boolean has(Connection connection, String table) throws SQLException {
        try (PreparedStatement look = connection.prepareStatement(lookup)) {
            look.setString(1, prefix + table);
            try (ResultSet row = look.executeQuery()) {
                return row.next() && row.getString(1) != null;
            }
        }
    }
}

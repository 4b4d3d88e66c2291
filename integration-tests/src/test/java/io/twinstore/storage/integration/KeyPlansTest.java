package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Storage;
import io.twinstore.storage.jdbi.ApplicationDao;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.junit.jupiter.api.Test;

/** Whoever signs in with a key is found by one look-up in an index. */
class KeyPlansTest {

    @Test
    void aKeyIsLookedUpInSqlite() throws Exception {
        assertThat(plan(new SqliteHarness(), "", "explain query plan ", 4))
                .contains("sqlite_autoindex_application_keys_2 (lookup=?)")
                .doesNotContain("SCAN");
    }

    @Test
    void aKeyIsLookedUpInPostgres() throws Exception {
        // On tables of a few rows reading all of them is cheaper; what it can do is asked.
        String set = "set search_path = twinstore; set enable_seqscan = off";
        assertThat(plan(new PostgresHarness(), set, "explain ", 1))
                .contains("application_keys_lookup")
                .doesNotContain("Seq Scan");
    }

    private static String plan(StorageHarness harness, String first, String explain, int column)
            throws SQLException, NoSuchMethodException {
        String sql =
                ApplicationDao.class
                        .getMethod("findByKey", String.class)
                        .getAnnotation(SqlQuery.class)
                        .value()
                        .replace(":lookup", "'twk_abcdefghijkl'");
        StringBuilder plan = new StringBuilder();
        try (TestDatabase database = harness.newDatabase()) {
            Storage.open(database.options()).close();
            try (Connection connection = database.connection();
                    Statement statement = connection.createStatement()) {
                if (!first.isEmpty()) {
                    statement.execute(first);
                }
                try (ResultSet rows = statement.executeQuery(explain + sql)) {
                    while (rows.next()) {
                        plan.append(rows.getString(column)).append('\n');
                    }
                }
            }
        }
        return plan.toString();
    }
}

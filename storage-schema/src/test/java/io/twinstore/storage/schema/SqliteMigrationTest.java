package io.twinstore.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class SqliteMigrationTest extends MigrationClauses {

    @Override
    String url() {
        return "jdbc:sqlite:" + folder.resolve("twin store.db");
    }

    @Override
    MigrationTarget target(Connection connection, Changelog changelog) {
        return MigrationTarget.sqlite(connection, changelog);
    }

    @Override
    String prefix() {
        return "";
    }

    @Override
    String slow() {
        return "schema/slow-sqlite.sql";
    }

    /** SQLite has no SQLState. */
    @Override
    String stateOfDuplicate() {
        return "";
    }

    @Test
    void othersMayHaveTheFileOpen() throws Exception {
        try (Connection other = connect();
                Statement reading = other.createStatement()) {
            reading.execute("pragma journal_mode = wal");
            reading.executeQuery("select count(*) from sqlite_master").close();

            migrate(THREE);

            reading.executeQuery("select count(*) from tagged").close();
        }
    }

    @Test
    void restoresTheBusyTimeout() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 1234");
            SchemaRunner.migrate(target(connection, changelog(THREE)));
            try (var row = statement.executeQuery("pragma busy_timeout")) {
                assertThat(row.getInt(1)).isEqualTo(1234);
            }
        }
    }

    @Test
    void knowsTheCodesThatMeanBusy() throws Exception {
        try (Connection connection = connect()) {
            MigrationTarget target = target(connection, changelog(ONE));
            int busy = 5;
            int busySnapshot = 517;
            int constraint = 19;
            assertThat(target.meansBusy(new SQLException("", null, busy))).isTrue();
            assertThat(target.meansBusy(new SQLException("", null, busySnapshot))).isTrue();
            assertThat(target.meansBusy(new SQLException("", null, constraint))).isFalse();
        }
    }
}

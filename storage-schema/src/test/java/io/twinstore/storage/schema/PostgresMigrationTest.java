package io.twinstore.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinstore.storage.schema.SchemaFailure.Reason;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresMigrationTest extends MigrationClauses {

    private String url;

    @BeforeEach
    void makeDatabase() throws SQLException {
        url = TestPostgres.freshDatabase();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        TestPostgres.drop(url);
    }

    @Override
    String url() {
        return url;
    }

    /** The connection is the test's to close, and to look at afterwards. */
    @Override
    MigrationTarget target(Connection connection, Changelog changelog) {
        return MigrationTarget.postgres(() -> lent(connection), "twinstore", changelog);
    }

    @Override
    String prefix() {
        return "twinstore.";
    }

    @Override
    String slow() {
        return "schema/slow-postgres.sql";
    }

    @Override
    String stateOfDuplicate() {
        return "23505";
    }

    @Test
    void leavesPublicAndTheSearchPathAlone() throws Exception {
        execute("create table twinstore_changelog (id int)");
        try (Connection connection = connect()) {
            String before = searchPath(connection);
            SchemaRunner.migrate(target(connection, changelog(THREE)));
            assertThat(searchPath(connection)).isEqualTo(before);
        }
        assertThat(
                        strings(
                                "select table_name from information_schema.tables where table_schema = 'public'"))
                .containsExactly("twinstore_changelog");
    }

    @Test
    void takesAnyNameOfASchema() throws Exception {
        List<String> names =
                List.of("Tenant_A", "order", "a-b c", "q\"x", "é_%", "a.b", "x'; drop table y; --");
        for (String name : names) {
            MigrationTarget target =
                    MigrationTarget.postgres(this::connect, name, changelog(THREE));
            assertThat(SchemaRunner.migrate(target)).as(name).isEmpty();
            assertThat(SchemaRunner.migrate(target)).as(name).hasValue("003");
        }
        assertThat(
                        strings(
                                "select schemaname from pg_tables where tablename = 'twinstore_changelog'"))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void refusesANameThatPostgresWouldCutOff() {
        Changelog changelog = changelog(ONE);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> MigrationTarget.postgres(this::connect, "é".repeat(32), changelog));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MigrationTarget.postgres(this::connect, "", changelog));
    }

    @Test
    void readsTheVersionInATransactionWithoutAbortingIt() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(SchemaRunner.version(connection)).isEmpty();
            statement.execute("create table mine (id int)");
            connection.commit();

            migrate(THREE);
            assertThat(SchemaRunner.version(connection)).isEmpty();
            statement.execute("set search_path = twinstore");
            assertThat(SchemaRunner.version(connection)).hasValue("003");
        }
    }

    @Test
    void needsNoRightToMakeSchemasWhereOneIsMade() throws Exception {
        String role = url.replaceFirst(".*//[^/]+/([^?]*).*", "$1");
        execute("create role " + role + " login password 'limited'");
        try {
            execute("create schema twinstore authorization " + role);
            String limited = url.replaceFirst("[?].*", "");
            MigrationTarget target =
                    MigrationTarget.postgres(
                            () -> DriverManager.getConnection(limited, role, "limited"),
                            "twinstore",
                            changelog(THREE));
            assertThat(SchemaRunner.migrate(target)).isEmpty();
        } finally {
            execute("drop owned by " + role);
            execute("drop role " + role);
        }
    }

    @Test
    void saysBusyWhenTheLockIsNotToBeHad() throws Exception {
        try (Connection other = connect();
                Connection connection = connect();
                Statement statement = connection.createStatement()) {
            other.setAutoCommit(false);
            target(other, changelog(ONE)).begin(other);
            statement.execute("set lock_timeout = 50");

            SchemaFailure failure =
                    catchThrowableOfType(
                            SchemaFailure.class,
                            () -> SchemaRunner.migrate(target(connection, changelog(ONE))));

            assertThat(failure.reason()).isEqualTo(Reason.BUSY);
            assertThat(failure.sqlState()).hasValue("55P03");
        }
    }

    private static String searchPath(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("show search_path")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection lent(Connection connection) {
        InvocationHandler allButClose =
                (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("close")
                                ? null
                                : method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                };
        return (Connection)
                Proxy.newProxyInstance(
                        PostgresMigrationTest.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        allButClose);
    }
}

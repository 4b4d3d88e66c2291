package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.PoolOptions;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.Secret;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that cannot be used, or a database that is not ours, is refused and left as it was. */
class WrongPostgresTest {

    static final String CHANGE_FROM_THE_FUTURE =
            "insert into twinstore_changelog (id, author, filename, dateexecuted, orderexecuted,"
                    + " exectype) select '999-future', author, filename, dateexecuted, orderexecuted +"
                    + " 1, exectype from twinstore_changelog order by orderexecuted desc limit 1";

    private static final String EVERYTHING =
            "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid ="
                    + " relnamespace where n.nspname <> 'information_schema' and n.nspname not like"
                    + " 'pg\\_%' union all select nspname from pg_namespace where nspname not like"
                    + " 'pg\\_%' order by 1";

    /** A role that may make databases, whose password must not be seen. */
    private static final String OWNER = "twinstore_owner";

    private static final String STRANGER = "twinstore_stranger";

    private static TestDatabase empty;

    @BeforeAll
    static void makeRoles() throws SQLException {
        empty = new PostgresHarness().newDatabase();
        dropRoles();
        execute(
                empty,
                "create role " + OWNER + " login superuser password '" + Refusal.SECRET + "'",
                "create role " + STRANGER + " login password '" + Refusal.SECRET + "'");
    }

    @AfterAll
    static void dropRoles() throws SQLException {
        execute(empty, "drop role if exists " + OWNER, "drop role if exists " + STRANGER);
    }

    @AfterAll
    static void close() {
        empty.close();
    }

    private static void execute(TestDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static StorageOptions options(
            TestDatabase database, UnaryOperator<PostgresOptions.Builder> change) {
        PostgresOptions.Builder builder =
                database.options().postgres().toBuilder()
                        .user(OWNER)
                        .password(Secret.of(Refusal.SECRET));
        return StorageOptions.builder()
                .postgres(change.apply(builder).build())
                .pool(PoolOptions.defaults().withConnectionTimeout(Duration.ofSeconds(5)))
                .build();
    }

    private static <E extends StorageException> E refused(Class<E> type, StorageOptions options) {
        assertThat(options.toString()).doesNotContain(Refusal.SECRET);
        return Refusal.of(type, () -> Storage.open(options).close());
    }

    /** Opens the database, which must be refused and left as it was. */
    private static <E extends StorageException> E refused(
            Class<E> type, TestDatabase database, StorageOptions options) throws SQLException {
        try (Connection connection = database.connection()) {
            List<String> before = SchemaFacts.lines(connection, EVERYTHING);
            E refusal = refused(type, options);
            assertThat(SchemaFacts.lines(connection, EVERYTHING)).isEqualTo(before);
            return refusal;
        }
    }

    @Test
    void wrongPassword() {
        try (SignInRefusal server = new SignInRefusal()) {
            assertThat(
                            refused(
                                    StorageUnavailableException.class,
                                    options(
                                            empty,
                                            postgres ->
                                                    postgres.host("127.0.0.1")
                                                            .port(server.port()))))
                    .hasMessageContainingAll("sign-in", "127.0.0.1");
        }
    }

    @Test
    void unknownDatabase() {
        assertThat(
                        refused(
                                StorageUnavailableException.class,
                                options(empty, postgres -> postgres.database("not_there"))))
                .hasMessageContaining("no database 'not_there'");
    }

    @Test
    void serverThatIsNotThere() throws IOException {
        int port;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
        }
        assertThat(
                        refused(
                                StorageUnavailableException.class,
                                options(empty, postgres -> postgres.host("127.0.0.1").port(port))))
                .hasMessageContainingAll("127.0.0.1:" + port, "cannot be reached");
    }

    @Test
    void hostThatHasNoAddress() {
        assertThat(
                        refused(
                                StorageUnavailableException.class,
                                options(empty, postgres -> postgres.host("nowhere.invalid"))))
                .hasMessageContaining("nowhere.invalid");
    }

    @Test
    void roleWithoutRights() throws SQLException {
        assertThat(
                        refused(
                                StorageUnavailableException.class,
                                empty,
                                options(empty, postgres -> postgres.user(STRANGER))))
                .hasMessageContaining("42501");
    }

    @Test
    void tablesThatAreNotOurs() throws SQLException {
        try (TestDatabase database = new PostgresHarness().newDatabase()) {
            execute(
                    database,
                    "create schema app",
                    "create table app.sessions (id int)",
                    "insert into app.sessions values (1)");
            assertThat(
                            refused(
                                    SchemaException.class,
                                    database,
                                    options(database, postgres -> postgres.schema("app"))))
                    .hasMessageContainingAll("'app'", "sessions");
        }
    }

    @Test
    void encodingThatWouldLoseText() throws SQLException {
        String name = empty.options().postgres().database() + "_ascii";
        execute(
                empty,
                "create database "
                        + name
                        + " template template0 encoding 'SQL_ASCII' locale_provider libc lc_collate"
                        + " 'C' lc_ctype 'C'");
        try {
            assertThat(
                            refused(
                                    SchemaException.class,
                                    options(empty, postgres -> postgres.database(name))))
                    .hasMessageContainingAll("SQL_ASCII", "UTF8");
        } finally {
            execute(empty, "drop database " + name + " with (force)");
        }
    }

    @Test
    void validatingMakesNothing() throws SQLException {
        refused(
                SchemaException.class,
                empty,
                options(empty, postgres -> postgres).toBuilder()
                        .schemaMode(SchemaMode.VALIDATE)
                        .build());
    }

    @Test
    void newerSchema() throws SQLException {
        try (TestDatabase database = new PostgresHarness().newDatabase()) {
            StorageOptions options = options(database, postgres -> postgres);
            Storage.open(options).close();
            execute(database, "set search_path = twinstore", CHANGE_FROM_THE_FUTURE);
            for (SchemaMode mode : List.of(SchemaMode.MIGRATE, SchemaMode.VALIDATE)) {
                assertThat(
                                refused(
                                        SchemaException.class,
                                        database,
                                        options.toBuilder().schemaMode(mode).build()))
                        .hasMessageContaining("999-future");
            }
        }
    }
}

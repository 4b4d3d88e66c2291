package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.Secret;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys are nowhere but in the caller's hands, and hashes nowhere but in their table. */
class ApiKeySecrecyTest {

    private static final AppId APP = AppId.of("web");
    private static final Secret HASH =
            Secret.of("$2b$04$abcdefghijklmnopqrstuuJOOjV/eHhc8MH6CZi9FDgH.QiYD.XE6");
    private static final Secret IMPORTED = Secret.of("imported-key-of-40-characters-0123456789");

    static Stream<StorageHarness> databases() {
        return Stream.of(new SqliteHarness(), new PostgresHarness());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void noKeyIsStored(StorageHarness harness) throws SQLException {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options());
                Connection connection = tables(harness, database)) {
            List<Secret> keys = used(storage.applications());
            String all = everything(connection);
            assertThat(all).contains("web", "application_keys");
            for (Secret key : keys) {
                assertThat(all.contains(secret(key))).as("a key is stored").isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void noFaultOrLogShowsOne(StorageHarness harness) throws SQLException {
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options());
                Connection connection = tables(harness, database)) {
            List<String> secrets =
                    new ArrayList<>(
                            used(storage.applications()).stream()
                                    .map(ApiKeySecrecyTest::secret)
                                    .toList());
            secrets.addAll(SchemaFacts.lines(connection, "select key_hash from application_keys"));
            secrets.add(secret(HASH));
            String faults = faults(storage.applications(), connection);
            for (String secret : secrets) {
                assertThat(faults.contains(secret)).as("a fault shows one").isFalse();
                assertThat(log.toString(StandardCharsets.UTF_8).contains(secret))
                        .as("a log shows one")
                        .isFalse();
            }
        } finally {
            System.setErr(err);
        }
    }

    /** What comes of calls for which there is no table; drivers and Jdbi like to quote values. */
    private static String faults(ApplicationStore applications, Connection connection)
            throws SQLException {
        Secret key = applications.rotateKey(APP, Duration.ofDays(1)).key();
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table application_keys");
        }
        NewApplication other = NewApplication.named("x").importedHash(HASH);
        return trace(() -> applications.authenticate(key))
                + trace(() -> applications.authenticate(APP, IMPORTED))
                + trace(() -> applications.create(other))
                + trace(() -> applications.rotateKey(APP, Duration.ZERO))
                + key
                + other;
    }

    /** Does all that can be done with keys, and returns them. */
    private static List<Secret> used(ApplicationStore applications) {
        Secret first = applications.create(NewApplication.named("Web").id(APP)).key();
        Secret second = applications.rotateKey(APP, Duration.ofDays(1)).key();
        AppId old = AppId.of("old");
        applications.create(NewApplication.named("Old").id(old).importedHash(HASH));
        assertThat(applications.authenticate(first)).isPresent();
        assertThat(applications.authenticate(second)).isPresent();
        assertThat(applications.authenticate(old, IMPORTED)).isPresent();
        return List.of(first, second, IMPORTED);
    }

    /** What of a key nobody may see; how it begins may be seen. */
    private static String secret(Secret key) {
        return key.reveal().substring(20);
    }

    private static String trace(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(StorageException.class);
        StringWriter out = new StringWriter();
        thrown.printStackTrace(new PrintWriter(out));
        return out.toString();
    }

    private static Connection tables(StorageHarness harness, TestDatabase database)
            throws SQLException {
        Connection connection = database.connection();
        if (harness instanceof PostgresHarness) {
            connection.setSchema("twinstore");
        }
        return connection;
    }

    private static String everything(Connection connection) throws SQLException {
        StringBuilder all = new StringBuilder();
        List<String> tables = new ArrayList<>();
        try (ResultSet found =
                connection
                        .getMetaData()
                        .getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME"));
            }
        }
        for (String table : tables) {
            all.append(table).append('\n');
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select * from " + table)) {
                while (rows.next()) {
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        all.append(rows.getString(i)).append('\n');
                    }
                }
            }
        }
        return all.toString();
    }
}

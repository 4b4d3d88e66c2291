package io.twinstore.storage.integration;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The PostgreSQL server of a test run: started when it is first asked for, used by all tests, and
 * named once on standard output.
 *
 * <p>Databases are cloned from a template whose default collation is a language's where the server
 * has ICU, so that a statement that relies on the default order of text is found out.
 */
public final class TestPostgres {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final PostgresServer server;
    private final String prefix = "twinstore_test_" + ProcessHandle.current().pid();
    private final String template = prefix + "_template";

    private TestPostgres(PostgresServer server) {
        this.server = server;
    }

    private static final class Holder {
        private static final TestPostgres INSTANCE = started();
    }

    /** Returns the server of this run. */
    public static TestPostgres get() {
        return Holder.INSTANCE;
    }

    private static TestPostgres started() {
        TestPostgres postgres = new TestPostgres(PostgresServer.start());
        System.out.printf(
                "PostgreSQL for tests: %s (%s)%n",
                postgres.ask("show server_version"), postgres.server.origin());
        postgres.makeTemplate();
        return postgres;
    }

    private void makeTemplate() {
        boolean icu =
                ask("select exists (select from pg_collation where collprovider = 'i')")
                        .equals("t");
        execute(
                "create database "
                        + template
                        + " template template0 encoding 'UTF8'"
                        + (icu ? " locale_provider icu icu_locale 'en-US'" : ""));
        if (server.lasting()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> drop(template), "drop template"));
        }
    }

    private void drop(String database) {
        execute("drop database if exists " + database + " with (force)");
    }

    /** Returns an empty database, which is dropped when it is closed. */
    public TestDatabase newDatabase() {
        String name = prefix + "_" + COUNTER.incrementAndGet();
        execute("create database " + name + " template " + template);
        return new Database(name, server.admin().toBuilder().database(name).build());
    }

    private final class Database implements TestDatabase {

        private final String name;
        private final PostgresOptions options;

        private Database(String name, PostgresOptions options) {
            this.name = name;
            this.options = options;
        }

        @Override
        public StorageOptions options() {
            return StorageOptions.builder().postgres(options).build();
        }

        @Override
        public Connection connection() throws SQLException {
            return connect(options);
        }

        @Override
        public void close() {
            drop(name);
        }
    }

    private static Connection connect(PostgresOptions to) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", to.user());
        properties.setProperty("password", to.password().reveal());
        String url = "jdbc:postgresql://" + to.host() + ":" + to.port() + "/" + to.database();
        return DriverManager.getConnection(url, properties);
    }

    private void execute(String sql) {
        try (Connection connection = connect(server.admin());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private String ask(String sql) {
        try (Connection connection = connect(server.admin());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}

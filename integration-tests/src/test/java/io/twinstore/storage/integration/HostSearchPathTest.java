package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Stores;
import io.twinstore.storage.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A host's connection has the host's search path when the host gets it back: names of its tables
 * would be looked up elsewhere otherwise, or not found.
 */
class HostSearchPathTest {

    private static final List<String> PATHS =
            List.of("\"$user\", public", "app, public", "nowhere, \"App 2\", app", "''");

    private TestDatabase database;
    private Connection connection;
    private DataSource pool;

    @BeforeEach
    void connect() throws SQLException {
        database = new PostgresHarness().newDatabase();
        connection = database.connection();
        pool = poolOfOne();
        execute("create schema app");
        execute("create table app.notes (id int)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection lent = pool.getConnection();
                Statement statement = lent.createStatement()) {
            statement.execute(sql);
        }
    }

    private String searchPath() throws SQLException {
        try (Connection lent = pool.getConnection()) {
            return SchemaFacts.lines(lent, "show search_path").get(0);
        }
    }

    private boolean autoCommit() throws SQLException {
        try (Connection lent = pool.getConnection()) {
            return lent.getAutoCommit();
        }
    }

    /**
     * A pool of the one connection, which is never closed but only given back; while somebody has
     * it, everybody else waits, the storage's own threads too.
     */
    private DataSource poolOfOne() {
        Semaphore free = new Semaphore(1);
        return (DataSource)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (proxy, method, args) -> {
                            if (method.getName().equals("getConnection")) {
                                if (!free.tryAcquire(30, TimeUnit.SECONDS)) {
                                    throw new SQLException("Somebody keeps the connection.");
                                }
                                return lent(free);
                            }
                            throw new UnsupportedOperationException(method.getName());
                        });
    }

    private Connection lent(Semaphore free) {
        AtomicBoolean given = new AtomicBoolean();
        return (Connection)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, args) -> {
                            if (method.getName().equals("close")) {
                                if (given.compareAndSet(false, true)) {
                                    free.release();
                                }
                                return null;
                            }
                            try {
                                return method.invoke(connection, args);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static void use(Stores stores) {
        ConfigId id = stores.configs().create(NewConfig.named("host")).id();
        SessionId session = stores.sessions().create(NewSession.on(id)).id();
        stores.sessions().append(session, NewMessage.user("hello"));
        stores.sessions().transcript(session);
        Refusal.of(
                AlreadyExistsException.class,
                () -> stores.configs().create(NewConfig.named("again").id(id)));
    }

    @Test
    void poolOfTheHostKeepsItsSearchPath() throws SQLException {
        for (String path : PATHS) {
            execute("set search_path = " + path);
            String before = searchPath();
            try (Storage storage = Storage.open(StorageOptions.postgres(pool))) {
                assertThat(searchPath()).isEqualTo(before);
                use(storage);
                assertThat(searchPath()).isEqualTo(before);
                storage.transaction(
                        tx -> {
                            use(tx);
                            return Boolean.TRUE;
                        });
                assertThat(searchPath()).isEqualTo(before);
                assertThat(storage.configs().count(ConfigFilter.all())).isGreaterThan(1);
            }
            assertThat(searchPath()).isEqualTo(before);
            assertThat(autoCommit()).isTrue();
        }
    }

    @Test
    void transactionOfTheHostKeepsItsSearchPath() throws SQLException {
        try (Storage storage = Storage.open(database.options())) {
            for (String path : PATHS) {
                execute("set search_path = " + path);
                String before = searchPath();
                connection.setAutoCommit(false);
                use(storage.on(connection));
                assertThat(searchPath()).isEqualTo(before);
                execute("insert into app.notes values (1)");
                connection.commit();
                connection.setAutoCommit(true);
                assertThat(searchPath()).isEqualTo(before);
            }
            assertThat(storage.configs().count(ConfigFilter.all())).isEqualTo(PATHS.size());
        }
    }

    /** Nothing that was acknowledged may be rolled back by a pool that commits nothing itself. */
    @Test
    void poolWithoutAutocommitLosesNothing() throws SQLException {
        execute("set search_path = app, public");
        connection.setAutoCommit(false);
        try (Storage storage = Storage.open(StorageOptions.postgres(pool))) {
            use(storage);
            assertThat(autoCommit()).isFalse();
            try (Connection lent = pool.getConnection()) {
                lent.rollback();
            }
            try (Connection other = database.connection()) {
                assertThat(SchemaFacts.lines(other, "select seq from twinstore.session_messages"))
                        .containsExactly("1");
            }
        }
        assertThat(searchPath()).isEqualTo("app, public");
    }

    @Test
    void lentConnectionGoesBackAsItWas() throws SQLException {
        execute("set search_path = app, public");
        String before = searchPath();
        try (Storage storage = Storage.open(StorageOptions.postgres(pool))) {
            storage.withConnection(
                    lent -> {
                        lent.setAutoCommit(false);
                        try (Statement statement = lent.createStatement()) {
                            statement.execute("insert into app.notes values (7)");
                        }
                        return Boolean.TRUE;
                    });
        }
        assertThat(searchPath()).isEqualTo(before);
        assertThat(SchemaFacts.lines(connection, "select id from notes")).isEmpty();
    }
}

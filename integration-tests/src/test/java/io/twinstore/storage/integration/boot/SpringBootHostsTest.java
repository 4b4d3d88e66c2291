package io.twinstore.storage.integration.boot;

import static io.twinstore.storage.integration.boot.SpringBootHost.Migrates.FLYWAY;
import static io.twinstore.storage.integration.boot.SpringBootHost.Migrates.LIQUIBASE;
import static io.twinstore.storage.integration.boot.SpringBootHost.Migrates.NEITHER;
import static io.twinstore.storage.integration.boot.SpringBootHost.Packaging.CLASS_PATH;
import static io.twinstore.storage.integration.boot.SpringBootHost.Packaging.EXECUTABLE_JAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.integration.boot.SpringBootHost.Ended;
import io.twinstore.storage.testkit.TestDatabase;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Applications on Spring Boot 3 and 4, each with its own data source and with Flyway, Liquibase or
 * neither, start as they did before they had Twinstore on the class path, and use it.
 */
@Tag("spring-boot-hosts")
class SpringBootHostsTest {

    /**
     * Liquibase as it is, without a changelog: what an application would meet, had we not shaded.
     */
    private static final SpringBootHost UNSHADED =
            new SpringBootHost(3, LIQUIBASE, NEITHER, CLASS_PATH);

    private static final Map<SpringBootHost, Future<Ended>> RUNS = new LinkedHashMap<>();

    @TempDir private static Path folder;

    static List<SpringBootHost> hosts() {
        return List.of(
                new SpringBootHost(3, NEITHER, NEITHER, CLASS_PATH),
                new SpringBootHost(3, FLYWAY, FLYWAY, CLASS_PATH),
                new SpringBootHost(3, LIQUIBASE, LIQUIBASE, CLASS_PATH),
                new SpringBootHost(3, NEITHER, NEITHER, EXECUTABLE_JAR),
                new SpringBootHost(4, NEITHER, NEITHER, CLASS_PATH),
                new SpringBootHost(4, FLYWAY, FLYWAY, CLASS_PATH),
                new SpringBootHost(4, LIQUIBASE, LIQUIBASE, CLASS_PATH),
                new SpringBootHost(4, LIQUIBASE, LIQUIBASE, EXECUTABLE_JAR));
    }

    /** All of them at once, two at a time; each test waits for its own. */
    @BeforeAll
    static void start() {
        ExecutorService twoAtATime = Executors.newFixedThreadPool(2);
        hosts().forEach(host -> RUNS.put(host, twoAtATime.submit(() -> onSqlite(host))));
        RUNS.put(UNSHADED, twoAtATime.submit(() -> onSqlite(UNSHADED)));
        twoAtATime.shutdown();
    }

    @AfterAll
    static void forget() {
        RUNS.clear();
    }

    private static Ended ended(SpringBootHost host) throws Exception {
        return Objects.requireNonNull(RUNS.get(host), "not started").get();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void startsAndUsesBothDatabases(SpringBootHost host) throws Exception {
        Ended ended = ended(host);
        System.out.println(host + " chose " + ended.found("jars"));
        assertThat(ended.output()).endsWith("OK\n");
        assertThat(ended.code()).isZero();
        assertThat(ended.found("note")).isEqualTo("written by " + host.owns().folder());
        assertThat(ended.found("own tables")).isEqualTo(ownTables(host));
        assertThat(ended.found("transcript"))
                .isEqualTo("[1 {\"role\":\"user\",\"content\":\"Hello\"}]");
        assertThat(ended.found("database")).isEqualTo("sqlite");
        assertThat(ended.found("Twinstore's tables"))
                .contains("main.sessions", "main.twinstore_changelog")
                .doesNotContain("databasechangelog", "flyway", "note");
    }

    private static String ownTables(SpringBootHost host) {
        return switch (host.owns()) {
            case NEITHER -> "[public.note]";
            case FLYWAY -> "[public.flyway_schema_history, public.note]";
            case LIQUIBASE ->
                    "[public.databasechangelog, public.databasechangeloglock, public.note]";
        };
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void getsNoBeanThatItDidNotAskFor(SpringBootHost host) throws Exception {
        Ended ended = ended(host);
        assertThat(ended.found("Twinstore's beans")).isEqualTo("[storage]");
        assertThat(ended.found("Liquibase's beans").equals("[]"))
                .isEqualTo(host.brings() != LIQUIBASE);
        assertThat(ended.found("Flyway's beans").equals("[]")).isEqualTo(host.brings() != FLYWAY);
    }

    /** Else the tests above would prove nothing. */
    @Test
    void wouldNotStartHadLiquibaseBeenLeftAsItIs() throws Exception {
        Ended ended = ended(UNSHADED);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output())
                .contains("Liquibase failed to start because no changelog could be found");
    }

    /** The application's Liquibase keeps its books in public, ours in a schema of our own. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void sharesOnePostgresWithTheApplicationsLiquibase(int boot) throws Exception {
        SpringBootHost host = new SpringBootHost(boot, LIQUIBASE, LIQUIBASE, CLASS_PATH);
        try (TestDatabase database = TestPostgres.get().newDatabase()) {
            Ended ended = onPostgres(host, database.options().postgres());
            assertThat(ended.output()).endsWith("OK\n");
            assertThat(ended.code()).isZero();
            assertThat(ended.found("database")).isEqualTo("postgresql");
            assertThat(ended.found("own tables"))
                    .isEqualTo(ended.found("Twinstore's tables"))
                    .contains("public.databasechangelog,", "public.note,")
                    .contains("twinstore.sessions,", "twinstore.twinstore_changelog,")
                    .doesNotContain("twinstore.databasechangelog", "public.twinstore_changelog");
            assertThat(changesOfTheApplication(database)).isEqualTo("1 change, by host");
        }
    }

    private static String changesOfTheApplication(TestDatabase database) throws SQLException {
        String sql =
                "select count(*) || ' change, by ' || min(author) from public.databasechangelog";
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "none";
        }
    }

    private static Ended onPostgres(SpringBootHost host, PostgresOptions server)
            throws IOException, InterruptedException {
        String password = server.password().reveal();
        String address = server.host() + ":" + server.port() + "/" + server.database();
        String signIn =
                "?user="
                        + URLEncoder.encode(server.user(), UTF_8)
                        + "&password="
                        + URLEncoder.encode(password, UTF_8);
        return host.run(
                Files.createTempDirectory(folder, "host"),
                "jdbc:postgresql://" + address + signIn,
                Map.of(
                        "DB_TYPE", "postgresql",
                        "POSTGRES_HOST", server.host(),
                        "POSTGRES_PORT", String.valueOf(server.port()),
                        "POSTGRES_DB", server.database(),
                        "POSTGRES_USER", server.user(),
                        "POSTGRES_PASSWORD", password));
    }

    private static Ended onSqlite(SpringBootHost host) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(folder, "host");
        Path file = work.resolve("twinstore.db");
        return host.run(
                work,
                "jdbc:h2:mem:own",
                Map.of("DB_TYPE", "sqlite", "SQLITE_DB_PATH", file.toString()));
    }
}

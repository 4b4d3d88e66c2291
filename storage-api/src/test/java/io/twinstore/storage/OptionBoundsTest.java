package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionBoundsTest {

    private static final PoolOptions POOL = PoolOptions.defaults();

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("pool.min must be 0 to 1000; it was '-1'.", () -> POOL.withSize(-1, 10)),
                refused("pool.max must be 1 to 1000; it was '0'.", () -> POOL.withSize(0, 0)),
                refused("pool.max must be 1 to 1000; it was '1001'.", () -> POOL.withSize(1, 1001)),
                refused(
                        "pool.min must be at most pool.max, which is 3; it was '4'.",
                        () -> POOL.withSize(4, 3)),
                refused(
                        "pool.connectionTimeout must be 250 ms to 86400 s; it was 'PT0.249S'.",
                        () -> POOL.withConnectionTimeout(Duration.ofMillis(249))),
                refused(
                        "pool.statementTimeout must be 1 ms to 86400 s; it was 'PT0S'.",
                        () -> POOL.withStatementTimeout(Duration.ZERO)),
                refused(
                        "pool.maxLifetime must be 30 s to 86400 s; it was 'PT24H0.001S'.",
                        () -> POOL.withMaxLifetime(Duration.ofDays(1).plusMillis(1))),
                refused(
                        "postgres.port must be 1 to 65535; it was '0'.",
                        () -> postgres().port(0).build()),
                refused(
                        "postgres.port must be 1 to 65535; it was '65536'.",
                        () -> postgres().port(65_536).build()),
                refused(
                        "postgres.schema must be 1 to 63 bytes without control characters; it was ''.",
                        () -> postgres().schema("").build()),
                refused(
                        "postgres.schema must be none of PostgreSQL's own schemas (pg_…, information_schema);"
                                + " it was 'PG_mine'.",
                        () -> postgres().schema("PG_mine").build()),
                refused(
                        "postgres.database must be 1 to 63 bytes without control characters; it was 'a\\u0000'.",
                        () -> postgres().database("a\0").build()),
                refused(
                        "postgres.password must be free of line breaks and other control characters.",
                        () -> postgres().password(Secret.of("s3cr3t\n")).build()),
                refused(
                        "sqlite.path must be the path of a file; it was ''.",
                        () -> new SqliteOptions(Path.of(""))),
                refused(
                        "sqlite.path must be the path of a file, since a database in memory would be lost with its"
                                + " last connection; it was ':memory:'.",
                        () -> new SqliteOptions(Path.of(":memory:"))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesNamingFieldBoundAndValue(String message, ThrowingCallable attempt) {
        assertThatThrownBy(attempt).isInstanceOf(InvalidValueException.class).hasMessage(message);
    }

    @Test
    void acceptsTheEndsOfEveryRange() {
        assertThatCode(
                        () -> {
                            POOL.withSize(0, 1);
                            POOL.withSize(1000, 1000);
                            POOL.withConnectionTimeout(Duration.ofMillis(250))
                                    .withConnectionTimeout(Duration.ofDays(1));
                            POOL.withStatementTimeout(Duration.ofMillis(1))
                                    .withStatementTimeout(Duration.ofDays(1));
                            POOL.withMaxLifetime(Duration.ofSeconds(30))
                                    .withMaxLifetime(Duration.ofDays(1));
                            postgres().port(1).build();
                            postgres().port(65_535).build();
                            postgres().schema("é".repeat(31) + "x").build();
                        })
                .doesNotThrowAnyException();
        assertThat(OptionBounds.schema("é".repeat(32))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "db.example.org",
                "10.0.0.1",
                "::1",
                "2001:db8::1",
                "fe80::1%eth0",
                "db_1"
            })
    void acceptsHosts(String host) {
        assertThat(OptionBounds.host(host)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a,b",
                "/var/run/postgresql",
                "db:5433",
                "a b",
                "http://a",
                "u@h",
                "a/b",
                "[::1",
                "a?b",
                "a\n"
            })
    void refusesWhatIsMoreThanAHost(String host) {
        assertThat(OptionBounds.host(host)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite:///x.db",
                "SQLITE:x",
                "file:x.db",
                "jdbc:sqlite:x",
                "sqlite+aiosqlite:///x"
            })
    void refusesASchemeBeforeAPath(String path) {
        assertThat(OptionBounds.file(path)).isEqualTo("the path of a file, without a scheme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "ALLOW", "Prefer", "require", "verify-ca", "verify-full"})
    void knowsLibpqsNames(String name) {
        assertThat(SslMode.find(name))
                .hasValueSatisfying(
                        mode -> assertThat(mode.libpqName()).isEqualToIgnoringCase(name));
        assertThat(SslMode.find(name + "x")).isEmpty();
    }

    private static PostgresOptions.Builder postgres() {
        return PostgresOptions.builder();
    }

    private static Arguments refused(String message, ThrowingCallable attempt) {
        return Arguments.of(message, attempt);
    }
}

package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageOptionsTest {

    private static final String MARKER = "s3cr3t-m4rker";

    @Test
    void hasTheDocumentedDefaults() {
        StorageOptions options = StorageOptions.builder().build();
        assertThat(options.databaseType()).isEqualTo("sqlite");
        assertThat(options.sqlite().path()).isEqualTo(Path.of("db/database.db"));
        assertThat(options.schemaMode()).isEqualTo(SchemaMode.MIGRATE);
        assertThat(options.properties()).isEmpty();
        PostgresOptions postgres = options.postgres();
        assertThat(postgres.address()).isEqualTo("localhost:5432");
        assertThat(postgres.sslMode()).isEqualTo(SslMode.PREFER);
        assertThat(postgres.schema()).isEqualTo("twinstore");
        assertThat(postgres.password().isPresent()).isFalse();
        assertThat(options.pool())
                .isEqualTo(
                        new PoolOptions(
                                1,
                                10,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(60),
                                Duration.ofHours(1)));
        assertThat(Duration.between(options.clock().instant(), Instant.now()).abs())
                .isLessThan(Duration.ofMinutes(1));
        assertThat(UUID.fromString(options.ids().next()).version()).isEqualTo(7);
    }

    @Test
    void keepsAnAgeWithinItsBounds() {
        StorageOptions.Builder builder = StorageOptions.builder();
        assertThat(builder.build().maxSessionAge()).isEmpty();
        StorageOptions aging = builder.maxSessionAge(Duration.ofDays(36_500)).build();
        assertThat(aging.toBuilder().build().maxSessionAge()).contains(Duration.ofDays(36_500));
        for (Duration bad :
                new Duration[] {Duration.ofDays(1).minusNanos(1), Duration.ofDays(36_501)}) {
            assertThatThrownBy(() -> builder.maxSessionAge(bad))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("maxSessionAge must be 86400 s to 36500 days");
        }
    }

    @Test
    void keepsARelativePathAndShowsAnAbsoluteOne() {
        StorageOptions options = StorageOptions.sqlite(Path.of("./some/../file.db"));
        assertThat(options.sqlite().path()).isEqualTo(Path.of("./some/../file.db"));
        assertThat(options.toString()).contains(Path.of("file.db").toAbsolutePath().toString());
    }

    @Test
    void choosesTheDatabaseWhosePartWasSetLast() {
        StorageOptions.Builder builder =
                StorageOptions.builder().postgres(sound()).sqlite(SqliteOptions.defaults());
        assertThat(builder.build().databaseType()).isEqualTo("sqlite");
        assertThat(builder.databaseType(" PG ").build().databaseType()).isEqualTo("postgresql");
        assertThat(builder.databaseType("Acme").build().databaseType()).isEqualTo("acme");
    }

    @Test
    void flipsByTypeAloneAndBack() {
        StorageOptions postgres = StorageOptions.builder().postgres(sound()).build();
        StorageOptions flipped = postgres.toBuilder().databaseType("sqlite").build();
        assertThat(flipped.postgres()).isEqualTo(postgres.postgres());
        assertThat(flipped.toBuilder().databaseType("postgresql").build().postgres())
                .isEqualTo(postgres.postgres());
    }

    @Test
    void namesWhatPostgresqlLacks() {
        assertThatThrownBy(() -> StorageOptions.builder().databaseType("postgresql").build())
                .isInstanceOfSatisfying(
                        InvalidOptionsException.class,
                        e ->
                                assertThat(e.problems())
                                        .containsExactly(
                                                "PostgreSQL needs a database: set postgres.database.",
                                                "PostgreSQL needs a user: set postgres.user."));
    }

    @Test
    void takesTheHostsOwnDataSourceInsteadOfAnAddress() {
        DataSource pool = new HostPool();
        StorageOptions options = StorageOptions.postgres(pool);
        assertThat(options.databaseType()).isEqualTo("postgresql");
        assertThat(options.postgres().dataSource()).isSameAs(pool);
        assertThat(options.toString()).contains("HostPool").doesNotContain(MARKER);
        assertThat(options.toBuilder().build().postgres().dataSource()).isSameAs(pool);
    }

    @Test
    void idsFollowTheClockUnlessTheHostMakesThem() {
        Instant then = Instant.parse("2031-01-01T00:00:00Z");
        StorageOptions options = StorageOptions.builder().clock(InstantSource.fixed(then)).build();
        assertThat(UUID.fromString(options.ids().next()).getMostSignificantBits() >>> 16)
                .isEqualTo(then.toEpochMilli());
        StorageOptions later =
                options.toBuilder()
                        .clock(InstantSource.offset(options.clock(), Duration.ofDays(1)))
                        .build();
        assertThat(UUID.fromString(later.ids().next()).getMostSignificantBits() >>> 16)
                .isEqualTo(then.plus(Duration.ofDays(1)).toEpochMilli());
        StorageOptions own = StorageOptions.builder().ids(() -> "x").build();
        assertThat(own.toBuilder().clock(InstantSource.fixed(then)).build().ids().next())
                .isEqualTo("x");
    }

    @Test
    void keepsOneSequenceOfIdsWhenOtherPartsChange() {
        StorageOptions options = StorageOptions.builder().build();
        assertThat(options.toBuilder().schemaMode(SchemaMode.NONE).build().ids())
                .isSameAs(options.ids());
    }

    @Test
    void isNotReachedByWhatTheBuilderDoesLater() {
        StorageOptions.Builder builder = StorageOptions.builder().property("ACME_URL", MARKER);
        StorageOptions options = builder.databaseType("acme").build();
        builder.property("ACME_MORE", "x").schemaMode(SchemaMode.NONE);
        assertThat(options.properties()).containsOnlyKeys("ACME_URL");
        assertThat(options.schemaMode()).isEqualTo(SchemaMode.MIGRATE);
        assertThatThrownBy(() -> options.properties().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void printsNoSecret() {
        PostgresOptions postgres = sound().toBuilder().password(Secret.of(MARKER)).build();
        StorageOptions options =
                StorageOptions.builder()
                        .postgres(postgres)
                        .property("ACME_PASSWORD", MARKER)
                        .build();
        assertThat(options.toString())
                .contains("postgresql", "localhost:5432", "app", "***")
                .doesNotContain(MARKER);
        assertThat(options.toBuilder().databaseType("acme").build().toString())
                .contains("ACME_PASSWORD")
                .doesNotContain(MARKER);
        assertThat(postgres.toString()).doesNotContain(MARKER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "postgresql://app:s3cr3t-m4rker@h/d", "a b", "1acme", "ä"})
    void refusesATypeThatNoAdapterCouldHave(String type) {
        assertThatThrownBy(() -> StorageOptions.builder().databaseType(type))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "databaseType must be sqlite, postgresql or the id of another adapter.");
    }

    @Test
    void writesAnIpv6AddressInBrackets() {
        PostgresOptions options = sound().toBuilder().host("[2001:db8::1]").port(6432).build();
        assertThat(options.host()).isEqualTo("2001:db8::1");
        assertThat(options.address()).isEqualTo("[2001:db8::1]:6432");
    }

    private static PostgresOptions sound() {
        return PostgresOptions.builder().database("app").user("app").build();
    }

    /** A pool that prints its password, as some do. */
    private record HostPool() implements DataSource {

        @Override
        public Connection getConnection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Connection getConnection(String user, String password) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLoginTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }

        @Override
        public String toString() {
            return "HostPool(password=" + MARKER + ")";
        }
    }
}

package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.SslMode;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageHealth;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.testkit.FaultyProxy;
import io.twinstore.storage.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a storage says of its health while the server is frozen. */
class HealthOverPostgresTest {

    private static final Duration SOON = Duration.ofMillis(300);

    @Test
    void aFrozenServerIsDownUntilItAnswers() {
        try (TestDatabase database = new PostgresHarness().newDatabase()) {
            StorageOptions options = database.options();
            try (FaultyProxy proxy =
                            new FaultyProxy(options.postgres().host(), options.postgres().port());
                    Storage storage = Storage.open(through(proxy, options))) {
                assertThat(storage.health(Duration.ofMinutes(1)).up()).isTrue();
                proxy.stall();
                for (int i = 0; i < 3; i++) {
                    isDown(storage.health(SOON));
                }
                proxy.resume();
                assertThat(storage.health(Duration.ofMinutes(1)).up()).isTrue();
            }
        }
    }

    private static void isDown(StorageHealth health) {
        assertThat(health.up()).isFalse();
        assertThat(health.reason()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(health.problem()).contains("did not answer within 300 ms");
        // However often it is asked, one question is under way.
        assertThat(health.pool().active()).isLessThanOrEqualTo(1);
    }

    private static StorageOptions through(FaultyProxy proxy, StorageOptions options) {
        return options.toBuilder()
                .postgres(
                        options.postgres().toBuilder()
                                .host(proxy.host())
                                .port(proxy.port())
                                .sslMode(SslMode.DISABLE)
                                .build())
                .build();
    }
}

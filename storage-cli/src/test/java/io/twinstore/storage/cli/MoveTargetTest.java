package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.PostgresOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a move connects: what is typed goes before what the environment says. */
class MoveTargetTest {

    private static PostgresOptions options(Map<String, String> environment, String url) {
        Terminal terminal =
                new Terminal(
                        environment,
                        new ByteArrayInputStream(new byte[0]),
                        new ByteArrayOutputStream(),
                        new ByteArrayOutputStream(),
                        false,
                        ZoneOffset.UTC);
        return MoveTarget.options(terminal, url);
    }

    @Test
    void passwordNeedNotBeTyped() {
        Map<String, String> environment =
                Map.of("DB_TYPE", "sqlite", "POSTGRES_HOST", "other", "POSTGRES_PASSWORD", "told");

        PostgresOptions options = options(environment, "postgresql://me@there/app");
        assertThat(options.password().reveal()).isEqualTo("told");
        assertThat(options.host()).isEqualTo("there");
    }

    @Test
    void whatIsTypedGoesFirst() {
        Map<String, String> environment =
                Map.of("TWINSTORE_POSTGRES_PASSWORD", "told", "TWINSTORE_POSTGRES_SCHEMA", "s");

        PostgresOptions options = options(environment, "postgresql://me:typed@there/app");
        assertThat(options.password().reveal()).isEqualTo("typed");
        assertThat(options.schema()).isEqualTo("s");
        assertThat(options(environment, "postgresql://me@there/app").password().reveal())
                .isEqualTo("told");
    }
}

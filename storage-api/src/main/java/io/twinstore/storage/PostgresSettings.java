package io.twinstore.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the options of PostgreSQL and of its pool from settings, telling what is wrong with them.
 */
final class PostgresSettings {

    private static final int MAX_TIMEOUT = (int) OptionBounds.MAX_WAIT.toSeconds();

    private final Settings settings;

    PostgresSettings(Settings settings) {
        this.settings = settings;
    }

    PostgresOptions postgres() {
        PostgresOptions defaults = PostgresOptions.defaults();
        return PostgresOptions.builder()
                .host(
                        settings.text(
                                Setting.HOST,
                                defaults.host(),
                                host -> OptionBounds.host(bare(host))))
                .port(settings.number(Setting.PORT, defaults.port(), OptionBounds::port))
                .database(settings.text(Setting.DATABASE, "", OptionBounds::name))
                .user(settings.text(Setting.USER, "", OptionBounds::name))
                .password(Secret.of(settings.text(Setting.PASSWORD, "", OptionBounds::password)))
                .sslMode(sslMode(defaults.sslMode()))
                .schema(settings.text(Setting.SCHEMA, defaults.schema(), OptionBounds::schema))
                .applicationName(
                        settings.text(
                                Setting.APPLICATION_NAME,
                                defaults.applicationName(),
                                OptionBounds::name))
                .build();
    }

    PoolOptions pool() {
        PoolOptions defaults = PoolOptions.defaults();
        int before = settings.problems();
        int max = settings.number(Setting.POOL_MAX, defaults.max(), OptionBounds::poolMax);
        int bound = settings.problems() == before ? max : OptionBounds.MAX_POOL;
        int min = settings.number(Setting.POOL_MIN, defaults.min(), size -> poolMin(size, bound));
        int timeout =
                settings.number(
                        Setting.TIMEOUT,
                        (int) defaults.connectionTimeout().toSeconds(),
                        PostgresSettings::timeout);
        return defaults.withSize(Math.min(min, max), max)
                .withConnectionTimeout(Duration.ofSeconds(timeout));
    }

    /** Returns which of the settings without a default nobody gave. */
    List<Setting> missing(PostgresOptions options) {
        List<Setting> missing = new ArrayList<>();
        if (options.database().isEmpty()) {
            missing.add(Setting.DATABASE);
        }
        if (options.user().isEmpty()) {
            missing.add(Setting.USER);
        }
        missing.removeIf(settings::isOffered);
        return missing;
    }

    private SslMode sslMode(SslMode fallback) {
        String name =
                settings.text(
                        Setting.SSL_MODE,
                        fallback.libpqName(),
                        mode ->
                                SslMode.find(mode).isPresent()
                                        ? null
                                        : "one of " + SslMode.names());
        return SslMode.find(name).orElse(fallback);
    }

    private static @Nullable String poolMin(int min, int max) {
        String violated = OptionBounds.poolMin(min);
        return violated == null && min > max
                ? "at most the largest size of the pool, which is " + max
                : violated;
    }

    private static @Nullable String timeout(int seconds) {
        return seconds >= 1 && seconds <= MAX_TIMEOUT
                ? null
                : "1 to " + MAX_TIMEOUT + " seconds, as a whole number";
    }

    private static String bare(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }
}

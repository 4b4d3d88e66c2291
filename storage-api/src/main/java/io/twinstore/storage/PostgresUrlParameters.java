package io.twinstore.storage;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What may follow the {@code ?} of a PostgreSQL URL, in libpq's spelling and in the JDBC driver's.
 */
final class PostgresUrlParameters {

    private static final Map<String, Setting> SETTINGS =
            Map.of(
                    "sslmode", Setting.SSL_MODE,
                    "ssl", Setting.SSL_MODE,
                    "user", Setting.USER,
                    "password", Setting.PASSWORD,
                    "connect_timeout", Setting.TIMEOUT,
                    "connectTimeout", Setting.TIMEOUT,
                    "application_name", Setting.APPLICATION_NAME,
                    "ApplicationName", Setting.APPLICATION_NAME);

    /** Fine tuning of libpq's sockets, and an encoding that the JDBC driver never departs from. */
    private static final Set<String> IGNORED =
            Set.of(
                    "fallback_application_name",
                    "keepalives",
                    "keepalives_idle",
                    "keepalives_interval",
                    "keepalives_count",
                    "client_encoding");

    private static final Map<String, String> INSTEAD =
            Map.of(
                    "host", "write the host before the '/'",
                    "hostaddr", "write the address before the '/'",
                    "port", "write the port after the host",
                    "dbname", "write the database after the '/'",
                    "schema", "set POSTGRES_SCHEMA",
                    "currentSchema", "set POSTGRES_SCHEMA",
                    "options", "set POSTGRES_SCHEMA for the schema",
                    "channel_binding",
                            "remove it, the driver binds the channel where the server can");

    private final String source;
    private boolean afterPassword;

    PostgresUrlParameters(String source) {
        this.source = source;
    }

    /**
     * Returns the setting that a parameter sets, if any; tells what is wrong, by name and never by
     * value.
     */
    Optional<Setting> read(String name, String value, Consumer<String> problems) {
        Optional<Setting> setting = Optional.ofNullable(SETTINGS.get(name));
        afterPassword |= setting.filter(Setting::secret).isPresent();
        if (name.equals("ssl") && SslMode.find(value).isEmpty()) {
            problems.accept(
                    source
                            + " has the parameter 'ssl', which drivers read differently: write sslmode="
                            + SslMode.REQUIRE
                            + " or sslmode="
                            + SslMode.VERIFY_FULL
                            + " instead.");
            return Optional.empty();
        }
        if (setting.isEmpty() && !name.isEmpty() && !IGNORED.contains(name)) {
            problems.accept(
                    source
                            + " has "
                            + shown(name)
                            + ", which Twinstore does not know: "
                            + INSTEAD.getOrDefault(name, "remove it")
                            + ". Known are application_name, connect_timeout,"
                            + " password, sslmode and user.");
        }
        return setting;
    }

    /** What follows a password may be the rest of one that has a bare {@code &} in it. */
    private String shown(String name) {
        return afterPassword && !INSTEAD.containsKey(name)
                ? "a parameter after the password (write '&' in a password as %26)"
                : "the parameter " + Shown.quoted(name);
    }
}

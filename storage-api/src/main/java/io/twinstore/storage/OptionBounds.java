package io.twinstore.storage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What each option allows, said once: options made in code and settings read from the environment
 * are refused by the same rule in the same words. A rule returns the bound that was violated, or
 * null.
 */
final class OptionBounds {

    static final int MAX_PORT = 65_535;
    static final int MAX_POOL = 1_000;
    static final int MAX_NAME_BYTES = 63;
    static final Duration MAX_WAIT = Duration.ofDays(1);
    static final Duration MAX_AGE = Duration.ofDays(36_500);

    private OptionBounds() {}

    static @Nullable String port(int port) {
        return port >= 1 && port <= MAX_PORT ? null : "1 to 65535";
    }

    static @Nullable String poolMin(int size) {
        return size >= 0 && size <= MAX_POOL ? null : "0 to 1000";
    }

    static @Nullable String poolMax(int size) {
        return size >= 1 && size <= MAX_POOL ? null : "1 to 1000";
    }

    /**
     * The driver is written in Java and speaks TCP to one server; what libpq also takes as host is
     * said so.
     */
    static @Nullable String host(String host) {
        if (host.isEmpty()) {
            return "a host name or an address";
        }
        if (host.indexOf(',') >= 0) {
            return "one host, since Twinstore writes to a single primary (put a proxy or a DNS name before several)";
        }
        if (host.startsWith("/")) {
            return "a host name or an address, since a Unix socket cannot be reached through JDBC (use localhost)";
        }
        boolean odd =
                host.codePoints()
                        .anyMatch(c -> c <= ' ' || c == 0x7f || "/@?#[]\\\"'".indexOf(c) >= 0);
        boolean colon =
                host.indexOf(':') >= 0
                        && !host.matches("(?i)[0-9a-f.]*:[0-9a-f.]*:[0-9a-f:.]*(%.+)?");
        return odd || colon
                ? "a host name or an address, and nothing else (the port has its own setting)"
                : null;
    }

    /** PostgreSQL cuts longer names short without an error, which would make two of them one. */
    static @Nullable String name(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        boolean fits =
                bytes >= 1
                        && bytes <= MAX_NAME_BYTES
                        && name.codePoints().noneMatch(Character::isISOControl);
        return fits ? null : "1 to 63 bytes without control characters";
    }

    static @Nullable String schema(String schema) {
        String bound = name(schema);
        boolean reserved =
                schema.toLowerCase(Locale.ROOT).startsWith("pg_")
                        || schema.toLowerCase(Locale.ROOT).equals("information_schema");
        return bound == null && reserved
                ? "none of PostgreSQL's own schemas (pg_…, information_schema)"
                : bound;
    }

    /**
     * What a file name, a service entry and a variable name can hold; never a URL, which may hold a
     * password.
     */
    static @Nullable String databaseType(String id) {
        return id.matches("[a-z][a-z0-9_-]{0,39}")
                ? null
                : "sqlite, postgresql or the id of another adapter";
    }

    /**
     * A line break is what {@code $(cat file)} and editors leave behind, and no server says so when
     * it refuses.
     */
    static @Nullable String password(String password) {
        boolean control = password.codePoints().anyMatch(Character::isISOControl);
        return control ? "free of line breaks and other control characters" : null;
    }

    static @Nullable String file(String path) {
        if (path.isEmpty()) {
            return "the path of a file";
        }
        if (path.equals(":memory:")) {
            return "the path of a file, since a database in memory would be lost with its last connection";
        }
        return path.matches("(?i)(file|jdbc|sqlite([+]\\w+)?):.*")
                ? "the path of a file, without a scheme"
                : null;
    }

    /** Returns the duration, which is zero or from the smallest to one day. */
    static Duration orNever(String field, Duration value, Duration min) {
        String violated = value.isZero() ? null : between(value, min, MAX_WAIT);
        require(field, violated == null ? null : violated + ", or 0 for never", value);
        return value;
    }

    static @Nullable String slowMillis(int millis) {
        return millis >= 0 && millis <= MAX_WAIT.toMillis() ? null : "0 to 86400000 (milliseconds)";
    }

    static @Nullable String poolLogSeconds(int seconds) {
        return seconds >= 0 && seconds <= MAX_WAIT.toSeconds() ? null : "0 to 86400 (seconds)";
    }

    static @Nullable String days(int days) {
        return days >= 1 && days <= MAX_AGE.toDays() ? null : "1 to 36500 (days)";
    }

    static @Nullable String between(Duration value, Duration min, Duration max) {
        boolean within = value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
        return within ? null : shown(min) + " to " + shown(max);
    }

    static void requireFile(String field, String path) {
        require(field, file(path), path);
    }

    static void require(String field, @Nullable String violated, @Nullable Object value) {
        if (violated != null) {
            throw new InvalidValueException(
                    field, violated, value == null ? null : value.toString());
        }
    }

    private static String shown(Duration duration) {
        if (duration.toDays() > 1 && duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() + " days";
        }
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }
}

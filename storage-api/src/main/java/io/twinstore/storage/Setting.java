package io.twinstore.storage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What can be set about a database from outside, and the variables that set it, the preferred name
 * first.
 */
enum Setting {
    HOST("host", "POSTGRES_HOST", "DATABASE_HOST"),
    PORT("port", "POSTGRES_PORT", "DATABASE_PORT"),
    DATABASE("database", "POSTGRES_DB", "DATABASE_NAME"),
    USER("user", "POSTGRES_USER", "DATABASE_USER"),
    PASSWORD("password", "POSTGRES_PASSWORD", "DATABASE_PASSWORD"),
    SSL_MODE("SSL mode", "DATABASE_SSL_MODE"),
    POOL_MIN("smallest size of the pool", "POSTGRES_POOL_MIN", "DATABASE_POOL_MIN_SIZE"),
    POOL_MAX("largest size of the pool", "POSTGRES_POOL_MAX", "DATABASE_POOL_MAX_SIZE"),
    TIMEOUT("connection timeout", "POSTGRES_TIMEOUT"),
    SCHEMA("schema", "POSTGRES_SCHEMA"),
    APPLICATION_NAME("application name"),
    FILE("file", "SQLITE_DB_PATH"),
    MAX_SESSION_AGE("age at which sessions are cleaned up", "MAX_SESSION_AGE_DAYS"),
    SLOW_OPERATION("time from which an operation is slow", "STORAGE_SLOW_MS"),
    POOL_LOG("time between two logs of the pool", "STORAGE_POOL_LOG_SECONDS"),
    SEARCH("search", "STORAGE_SEARCH"),
    LEGACY("handling of legacy files", "STORAGE_LEGACY"),
    START_EMPTY("permission to start with an empty database", "STORAGE_START_EMPTY"),
    ALLOW_STALE("permission to open what was moved elsewhere", "STORAGE_ALLOW_STALE");

    private final String noun;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so.
    private final List<String> variables;

    Setting(String noun, String... variables) {
        this.noun = noun;
        this.variables = List.of(variables);
    }

    String noun() {
        return noun;
    }

    List<String> variables() {
        return variables;
    }

    boolean secret() {
        return this == PASSWORD;
    }

    /** Returns whether two spellings mean the same value. */
    boolean same(String left, String right) {
        return left.equals(right) || (!secret() && comparable(left).equals(comparable(right)));
    }

    private String comparable(String value) {
        return switch (this) {
            case HOST, SSL_MODE, SEARCH, LEGACY, START_EMPTY, ALLOW_STALE ->
                    value.toLowerCase(Locale.ROOT);
            case PORT, POOL_MIN, POOL_MAX, TIMEOUT, MAX_SESSION_AGE, SLOW_OPERATION, POOL_LOG ->
                    value.matches("0+\\d+") ? value.replaceFirst("^0+", "") : value;
            case FILE -> absolute(value);
            default -> value;
        };
    }

    private static String absolute(String path) {
        try {
            return Path.of(path).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            return path;
        }
    }
}

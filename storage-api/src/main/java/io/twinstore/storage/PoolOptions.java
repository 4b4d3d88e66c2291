package io.twinstore.storage;

import java.time.Duration;

/**
 * How many connections a storage keeps, and how long it waits for them and on them. A host that
 * brings its own {@code DataSource} has its own pool; then only the statement timeout counts.
 *
 * @param min connections that are kept open when idle, 0 to 1000 and at most {@code max}; 1 by
 *     default
 * @param max connections at most, 1 to 1000; 10 by default
 * @param connectionTimeout how long a caller waits for a free connection, and a new one for the
 *     server, 250 ms to one day; 30 s by default
 * @param statementTimeout how long a statement may run, 1 ms to one day; 60 s by default
 * @param maxLifetime how old a connection becomes before it is replaced, 30 s to one day; 1 h by
 *     default
 */
public record PoolOptions(
        int min,
        int max,
        Duration connectionTimeout,
        Duration statementTimeout,
        Duration maxLifetime) {

    private static final PoolOptions DEFAULTS =
            new PoolOptions(
                    1, 10, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofHours(1));

    /**
     * @throws InvalidValueException when a value is outside its range, or {@code min} above {@code
     *     max}
     */
    public PoolOptions {
        OptionBounds.require("pool.min", OptionBounds.poolMin(min), min);
        OptionBounds.require("pool.max", OptionBounds.poolMax(max), max);
        OptionBounds.require(
                "pool.min", min > max ? "at most pool.max, which is " + max : null, min);
        requireWait("pool.connectionTimeout", connectionTimeout, Duration.ofMillis(250));
        requireWait("pool.statementTimeout", statementTimeout, Duration.ofMillis(1));
        requireWait("pool.maxLifetime", maxLifetime, Duration.ofSeconds(30));
    }

    /** Returns 1 to 10 connections, 30 s to get one, 60 s per statement, replaced after 1 h. */
    public static PoolOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with other sizes. */
    public PoolOptions withSize(int min, int max) {
        return new PoolOptions(min, max, connectionTimeout, statementTimeout, maxLifetime);
    }

    /** Returns these options with another time to wait for a connection. */
    public PoolOptions withConnectionTimeout(Duration timeout) {
        return new PoolOptions(min, max, timeout, statementTimeout, maxLifetime);
    }

    /** Returns these options with another time that a statement may run. */
    public PoolOptions withStatementTimeout(Duration timeout) {
        return new PoolOptions(min, max, connectionTimeout, timeout, maxLifetime);
    }

    /** Returns these options with another age at which a connection is replaced. */
    public PoolOptions withMaxLifetime(Duration lifetime) {
        return new PoolOptions(min, max, connectionTimeout, statementTimeout, lifetime);
    }

    private static void requireWait(String field, Duration value, Duration min) {
        OptionBounds.require(field, OptionBounds.between(value, min, OptionBounds.MAX_WAIT), value);
    }
}

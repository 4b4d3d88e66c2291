package io.twinstore.storage.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.twinstore.storage.PoolOptions;
import io.twinstore.storage.PostgresOptions;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens the pool. What every connection needs is set as it is made, so that borrowing one costs no
 * round trip.
 */
final class PostgresPool {

    private static final Duration SOCKET_GRACE = Duration.ofSeconds(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private PostgresPool() {}

    /** Returns the pool, with one connection made, or throws what the first one met with. */
    static HikariDataSource open(PostgresOptions postgres, PoolOptions pool, String searchPath)
            throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("twinstore-postgresql");
        config.setDataSource(driver(postgres, pool, searchPath));
        config.setMinimumIdle(pool.min());
        config.setMaximumPoolSize(pool.max());
        config.setConnectionTimeout(pool.connectionTimeout().toMillis());
        config.setMaxLifetime(pool.maxLifetime().toMillis());
        config.setAutoCommit(true);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Returns a source of connections that no pool keeps. */
    static DataSource driver(PostgresOptions postgres, PoolOptions pool, String searchPath) {
        PGSimpleDataSource driver = new PGSimpleDataSource();
        driver.setServerNames(new String[] {postgres.host()});
        driver.setPortNumbers(new int[] {postgres.port()});
        driver.setDatabaseName(postgres.database());
        driver.setUser(postgres.user());
        if (postgres.password().isPresent()) {
            driver.setPassword(postgres.password().reveal());
        }
        driver.setSslmode(postgres.sslMode().libpqName());
        driver.setApplicationName(postgres.applicationName());
        driver.setCurrentSchema(searchPath);
        // Locks decide what is true here, and each statement must see what the last holder of one
        // committed.
        driver.setOptions(
                "-c statement_timeout="
                        + pool.statementTimeout().toMillis()
                        + " -c default_transaction_isolation=read\\ committed");
        driver.setSocketTimeout(seconds(pool.statementTimeout().plus(SOCKET_GRACE)));
        driver.setConnectTimeout(seconds(min(CONNECT_TIMEOUT, pool.connectionTimeout())));
        // The detail of an error quotes the row.
        driver.setLogServerErrorDetail(false);
        driver.setTcpKeepAlive(true);
        return driver;
    }

    /**
     * Returns a source of connections to listen on: signing in has a time-out, too, since nobody
     * waits for such a connection who would give up.
     */
    static DataSource listener(PostgresOptions postgres, PoolOptions pool, String searchPath)
            throws SQLException {
        DataSource driver = driver(postgres, pool, searchPath);
        driver.setLoginTimeout(seconds(CONNECT_TIMEOUT));
        return driver;
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(Math.max(1, duration.plusMillis(999).toSeconds()));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Returns the name as an SQL identifier, for a search path. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}

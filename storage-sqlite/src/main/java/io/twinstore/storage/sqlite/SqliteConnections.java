package io.twinstore.storage.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.twinstore.storage.Json;
import io.twinstore.storage.PoolOptions;
import io.twinstore.storage.jdbi.DelegatingDataSource;
import io.twinstore.storage.spi.JsonContainment;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens connections to the file, set as the contract needs them. */
final class SqliteConnections {

    static final String CONTAINS = "twinstore_contains";

    private SqliteConnections() {}

    /** Returns the condition that the function decides. */
    static String containsSql(String column, String parameter) {
        return CONTAINS + "(" + column + ", :" + parameter + ")";
    }

    /** Opens the writing connection: durable at each commit, foreign keys checked. */
    static Connection writer(Path path, PoolOptions options) throws SQLException {
        SQLiteConfig config = settings(options);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        Connection writer = source(path, config).getConnection();
        addFunctions(writer);
        return writer;
    }

    /** Opens a connection that only watches the file. */
    static Connection watcher(Path path, PoolOptions options) throws SQLException {
        return source(path, settings(options)).getConnection();
    }

    /** Opens a connection that makes and changes nothing. */
    static Connection readOnly(Path path, PoolOptions options) throws SQLException {
        SQLiteConfig config = settings(options);
        config.setReadOnly(true);
        return source(path, config).getConnection();
    }

    /** Opens the pool of readers, which SQLite itself keeps from writing. */
    static HikariDataSource readers(Path path, PoolOptions options) {
        SQLiteConfig config = settings(options);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("twinstore-sqlite");
        pool.setDataSource(new PreparedSource(source(path, config)));
        pool.setConnectionInitSql("pragma query_only = on");
        pool.setMinimumIdle(options.min());
        pool.setMaximumPoolSize(options.max());
        pool.setConnectionTimeout(options.connectionTimeout().toMillis());
        pool.setMaxLifetime(options.maxLifetime().toMillis());
        return new HikariDataSource(pool);
    }

    private static SQLiteConfig settings(PoolOptions options) {
        SQLiteConfig config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setBusyTimeout(Math.toIntExact(options.connectionTimeout().toMillis()));
        return config;
    }

    private static SQLiteDataSource source(Path path, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        return source;
    }

    /** Gives the connection the function by which filters ask for containment. */
    static void addFunctions(Connection connection) throws SQLException {
        Function.create(connection, CONTAINS, new Contains(), 2, Function.FLAG_DETERMINISTIC);
    }

    /** A data source whose connections have our functions. */
    private static final class PreparedSource extends DelegatingDataSource {

        PreparedSource(SQLiteDataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            addFunctions(connection);
            return connection;
        }
    }

    /** Whether the first document contains the second. */
    private static final class Contains extends Function {
        @Override
        protected void xFunc() throws SQLException {
            String container = value_text(0);
            String contained = value_text(1);
            boolean answer =
                    container != null
                            && contained != null
                            && JsonContainment.contains(
                                    Json.stored(container), Json.stored(contained));
            result(answer ? 1 : 0);
        }
    }
}

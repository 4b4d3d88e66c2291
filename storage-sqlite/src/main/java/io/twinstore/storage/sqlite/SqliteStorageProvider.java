package io.twinstore.storage.sqlite;

import com.zaxxer.hikari.HikariDataSource;
import io.twinstore.storage.LegacyFiles;
import io.twinstore.storage.PoolOptions;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Upgraded;
import io.twinstore.storage.jdbi.ContractTypes;
import io.twinstore.storage.jdbi.JdbiStorage;
import io.twinstore.storage.jdbi.SqlAdapter;
import io.twinstore.storage.spi.StorageProvider;
import io.twinstore.storage.sqlite.legacy.LegacyDowngrade;
import io.twinstore.storage.sqlite.legacy.LegacyFile;
import io.twinstore.storage.sqlite.legacy.LegacyUpgrade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Opens SQLite: {@code DB_TYPE=sqlite}, and the default. */
public final class SqliteStorageProvider implements StorageProvider {

    /** For {@link java.util.ServiceLoader}. */
    public SqliteStorageProvider() {}

    @Override
    public String id() {
        return StorageOptions.SQLITE;
    }

    @Override
    public String description() {
        @Nullable String version =
                SqliteStorageProvider.class.getPackage().getImplementationVersion();
        return version == null ? "storage-sqlite" : "storage-sqlite " + version;
    }

    @Override
    public Storage open(StorageOptions options) {
        Path path = options.sqlite().absolutePath();
        SqliteErrors errors = new SqliteErrors(path.toString());
        synchronized (UpgradeTurn.of(path)) {
            SqliteFile.prepare(path, options.schemaMode());
            if (options.legacyFiles() == LegacyFiles.UPGRADE
                    && options.schemaMode() == SchemaMode.MIGRATE) {
                upgrade(options, path, errors);
            }
        }
        try {
            Connection writer = SqliteConnections.writer(path, options.pool());
            try {
                return open(options, path, errors, writer);
            } catch (SQLException | RuntimeException e) {
                writer.close();
                throw e;
            }
        } catch (SQLException e) {
            throw errors.translate(e);
        }
    }

    @Override
    public Optional<Upgraded> upgrade(StorageOptions options) {
        Path path = options.sqlite().absolutePath();
        if (Files.notExists(path)) {
            throw new SchemaException(path + " is not there.");
        }
        synchronized (UpgradeTurn.of(path)) {
            SqliteFile.prepare(path, SchemaMode.VALIDATE);
            return upgrade(options, path, new SqliteErrors(path.toString()));
        }
    }

    @Override
    public Optional<String> legacyLayout(StorageOptions options) {
        Path path = options.sqlite().absolutePath();
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try (Connection reader = SqliteConnections.readOnly(path, options.pool())) {
            return LegacyFile.layout(reader);
        } catch (SQLException e) {
            throw new SqliteErrors(path.toString()).translate(e);
        }
    }

    @Override
    public String downgrade(StorageOptions options, Path file) {
        Path path = options.sqlite().absolutePath();
        if (!Files.isRegularFile(path)) {
            throw new SchemaException(path + " is not there.");
        }
        try {
            return LegacyDowngrade.run(path, file);
        } catch (SQLException e) {
            throw new SqliteErrors(path.toString()).translate(e);
        }
    }

    @Override
    public boolean holdsSessions(StorageOptions options) {
        Path path = options.sqlite().absolutePath();
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (Connection reader = SqliteConnections.readOnly(path, options.pool());
                Statement statement = reader.createStatement();
                ResultSet rows = statement.executeQuery("select 1 from sessions limit 1")) {
            return rows.next();
        } catch (SQLException e) {
            return false; // no database, or none that has sessions
        }
    }

    private static Optional<Upgraded> upgrade(
            StorageOptions options, Path path, SqliteErrors errors) {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        PoolOptions pool = options.pool();
        try {
            return LegacyUpgrade.run(
                    path,
                    pool.connectionTimeout(),
                    options.clock(),
                    sibling -> {
                        try (Connection writer = SqliteConnections.writer(sibling, pool)) {
                            SqliteSchema.open(writer, sibling, SchemaMode.MIGRATE);
                        }
                    });
        } catch (SQLException e) {
            throw errors.translate(e);
        }
    }

    private static Storage open(
            StorageOptions options, Path path, SqliteErrors errors, Connection writer)
            throws SQLException {
        SqliteSchema schema = SqliteSchema.open(writer, path, options.schemaMode());
        HikariDataSource pool = SqliteConnections.readers(path, options.pool());
        Jdbi jdbi = ContractTypes.prepared(Jdbi.create(pool), new SqliteTypes());
        SqliteTransactions transactions =
                new SqliteTransactions(
                        jdbi,
                        pool,
                        writer,
                        () -> SqliteConnections.writer(path, options.pool()),
                        errors,
                        options.pool().connectionTimeout());
        return new JdbiStorage(
                new SqlAdapter(
                        new SqliteTypes(),
                        SqliteConfigDao.class,
                        SqliteSessionDao.class,
                        SqliteApplicationDao.class,
                        SqliteUserDao.class,
                        SqliteSettingDao.class,
                        SqliteTailDao.class,
                        SqliteRetentionDao.class,
                        SqliteSearchDao.class,
                        new SqliteAppends(transactions, errors, options.pool().connectionTimeout()),
                        new SqliteNotices(() -> SqliteConnections.watcher(path, options.pool())),
                        transactions,
                        new SqliteHostConnections(path),
                        SqliteConnections::containsSql,
                        new SqliteSearchTables(transactions),
                        errors,
                        () -> {
                            jdbi.useHandle(handle -> handle.execute("select 1"));
                            return schema.info(transactions.pool());
                        },
                        schema.version()),
                options);
    }
}

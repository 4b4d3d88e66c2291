package io.twinstore.storage.postgres;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.jdbi.ContractTypes;
import io.twinstore.storage.jdbi.JdbiStorage;
import io.twinstore.storage.jdbi.SqlAdapter;
import io.twinstore.storage.jdbi.WaitingLine;
import io.twinstore.storage.spi.StorageProvider;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Opens PostgreSQL: {@code DB_TYPE=postgresql}. */
public final class PostgresStorageProvider implements StorageProvider {

    /** The property that switches notices off. */
    private static final String NOTICES = "postgres.notices";

    /** For {@link java.util.ServiceLoader}. */
    public PostgresStorageProvider() {}

    @Override
    public String id() {
        return StorageOptions.POSTGRESQL;
    }

    @Override
    public String description() {
        @Nullable String version =
                PostgresStorageProvider.class.getPackage().getImplementationVersion();
        return version == null ? "storage-postgres" : "storage-postgres " + version;
    }

    @Override
    public Storage open(StorageOptions options) {
        PostgresOptions postgres = options.postgres();
        PostgresErrors errors = new PostgresErrors(postgres);
        String searchPath = PostgresPool.quoted(postgres.schema());
        DataSource pool = pool(options, errors, searchPath);
        Jdbi jdbi = ContractTypes.prepared(Jdbi.create(pool), new PostgresTypes());
        WaitingLine line = line(options, errors);
        PostgresTransactions transactions = new PostgresTransactions(jdbi, pool, line);
        try {
            PostgresSchema schema = PostgresSchema.open(pool, options);
            return new JdbiStorage(
                    new SqlAdapter(
                            new PostgresTypes(),
                            PostgresConfigDao.class,
                            PostgresSessionDao.class,
                            PostgresApplicationDao.class,
                            PostgresUserDao.class,
                            PostgresSettingDao.class,
                            PostgresTailDao.class,
                            PostgresRetentionDao.class,
                            PostgresSearchDao.class,
                            new PostgresAppends(
                                    pool, line, errors, options.pool().connectionTimeout()),
                            new PostgresNotices(
                                    pool,
                                    postgres.schema(),
                                    listening(options, searchPath),
                                    "off".equals(options.properties().get(NOTICES))),
                            transactions,
                            PostgresHostConnections.open(pool, searchPath),
                            (column, parameter) -> column + " @> cast(:" + parameter + " as jsonb)",
                            new PostgresSearchTables(),
                            errors,
                            () -> schema.info(jdbi, transactions.pool()),
                            schema.version()),
                    options);
        } catch (SQLException e) {
            transactions.close();
            throw errors.translate(e);
        } catch (StorageException e) {
            transactions.close();
            throw e;
        } catch (RuntimeException e) {
            transactions.close();
            throw new StorageException(
                    ErrorCode.INTERNAL,
                    "PostgreSQL could not be opened: " + e.getClass().getName());
        }
    }

    /** A pool of the host's own has a line of its own. */
    private static WaitingLine line(StorageOptions options, PostgresErrors errors) {
        return options.postgres().dataSource() != null
                ? WaitingLine.none()
                : new WaitingLine(
                        options.pool().max(),
                        options.pool().connectionTimeout(),
                        errors.noConnection());
    }

    /** A listening connection is kept as long as there are tails, so it is none of our pool's. */
    private static PostgresNotices.Listening listening(StorageOptions options, String searchPath) {
        DataSource own = options.postgres().dataSource();
        if (own != null) {
            return own::getConnection;
        }
        return () ->
                PostgresPool.listener(options.postgres(), options.pool(), searchPath)
                        .getConnection();
    }

    private static DataSource pool(
            StorageOptions options, PostgresErrors errors, String searchPath) {
        DataSource own = options.postgres().dataSource();
        if (own != null) {
            return new HostDataSource(own, searchPath, options.pool().statementTimeout());
        }
        try {
            return PostgresPool.open(options.postgres(), options.pool(), searchPath);
        } catch (SQLException e) {
            throw errors.translate(e);
        }
    }
}

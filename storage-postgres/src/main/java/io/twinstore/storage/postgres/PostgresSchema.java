package io.twinstore.storage.postgres;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.schema.Changelog;
import io.twinstore.storage.schema.MigrationTarget;
import io.twinstore.storage.schema.SchemaFailure;
import io.twinstore.storage.schema.SchemaRunner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The schema as it was found when the storage was opened, and what can be told of the database. */
final class PostgresSchema {

    private static final Changelog CHANGELOG =
            Changelog.read(
                    "io/twinstore/storage/postgres/changelog.sql",
                    PostgresSchema.class.getClassLoader());

    private final StorageOptions options;
    private final @Nullable String version;
    private final boolean created;

    private PostgresSchema(StorageOptions options, @Nullable String version, boolean created) {
        this.options = options;
        this.version = version;
        this.created = created;
    }

    static PostgresSchema open(DataSource pool, StorageOptions options) throws SQLException {
        refuseUnfitServer(pool);
        String schema = options.postgres().schema();
        MigrationTarget target = MigrationTarget.postgres(pool::getConnection, schema, CHANGELOG);
        try {
            return switch (options.schemaMode()) {
                case NONE -> new PostgresSchema(options, null, false);
                case VALIDATE -> {
                    SchemaRunner.check(target);
                    yield new PostgresSchema(options, CHANGELOG.current(), false);
                }
                case MIGRATE -> {
                    if (SchemaRunner.version(target).isEmpty()) {
                        refuseForeign(pool, schema);
                    }
                    Optional<String> found = SchemaRunner.migrate(target);
                    yield new PostgresSchema(options, CHANGELOG.current(), found.isEmpty());
                }
            };
        } catch (SchemaFailure e) {
            if (e.reason() == SchemaFailure.Reason.BUSY) {
                throw new StorageBusyException(String.valueOf(e.getMessage()), e);
            }
            throw new SchemaException(
                    "Schema '"
                            + schema
                            + "' of PostgreSQL at "
                            + options.postgres().address()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static void refuseUnfitServer(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "select current_setting('server_encoding'), current_setting('server_version_num')::int");
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (!row.getString(1).equals("UTF8")) {
                throw new SchemaException(
                        "The database's encoding is "
                                + row.getString(1)
                                + "; it must be UTF8, or text would be lost. Create it with ENCODING 'UTF8'.");
            }
            if (row.getInt(2) < 140000) {
                throw new SchemaException(
                        "PostgreSQL 14 or later is needed; the server is "
                                + connection.getMetaData().getDatabaseProductVersion()
                                + ".");
            }
        }
    }

    /** Refuses a schema that holds tables under our names which we did not make. */
    private static void refuseForeign(DataSource pool, String schema) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                        select string_agg(table_name, ', ' order by table_name)
                          from information_schema.tables
                         where table_schema = ?
                           and to_regclass(quote_ident(?) || '.twinstore_changelog') is null
                           and table_name in ('configs', 'sessions', 'session_heads', 'session_messages',
                                              'session_appends', 'session_participants', 'session_leases',
                                              'session_transcripts')
                        """)) {
            statement.setString(1, schema);
            statement.setString(2, schema);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next() && row.getString(1) != null) {
                    throw new SchemaException(
                            "Schema '"
                                    + schema
                                    + "' holds tables that Twinstore did not make: "
                                    + row.getString(1)
                                    + ". Choose another schema with POSTGRES_SCHEMA.");
                }
            }
        }
    }

    /**
     * Returns the version that the schema has had since it was opened, or null when not looked at.
     */
    @Nullable String version() {
        return version;
    }

    StorageInfo info(Jdbi jdbi, StorageInfo.Pool pool) {
        PostgresOptions postgres = options.postgres();
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "select current_setting('server_version'), current_database()")
                                .map(
                                        (row, context) ->
                                                new StorageInfo(
                                                        StorageOptions.POSTGRESQL,
                                                        "PostgreSQL " + row.getString(1),
                                                        (postgres.dataSource() == null
                                                                        ? postgres.address()
                                                                        : "the host's pool")
                                                                + "/"
                                                                + row.getString(2),
                                                        postgres.schema(),
                                                        version,
                                                        created,
                                                        pool))
                                .one());
    }
}

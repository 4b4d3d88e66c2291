package io.twinstore.storage.sqlite;

import io.twinstore.storage.SchemaException;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.schema.Changelog;
import io.twinstore.storage.schema.MigrationTarget;
import io.twinstore.storage.schema.SchemaFailure;
import io.twinstore.storage.schema.SchemaRunner;
import io.twinstore.storage.sqlite.legacy.LegacyFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** The schema as it was found when the storage was opened, and what can be told of the database. */
final class SqliteSchema {

    private static final Changelog CHANGELOG =
            Changelog.read(
                    "io/twinstore/storage/sqlite/changelog.sql",
                    SqliteSchema.class.getClassLoader());

    /** More than there are processes that would open a file for the first time together. */
    private static final int SWITCH_ATTEMPTS = 100;

    private final Path path;
    private final @Nullable String version;
    private final boolean created;
    private final String product;

    private SqliteSchema(Path path, @Nullable String version, boolean created, String product) {
        this.path = path;
        this.version = version;
        this.created = created;
        this.product = product;
    }

    static SqliteSchema open(Connection writer, Path path, SchemaMode mode) throws SQLException {
        MigrationTarget target = MigrationTarget.sqlite(writer, CHANGELOG);
        String product = "SQLite " + first(writer, "select sqlite_version()");
        try {
            return switch (mode) {
                case NONE -> new SqliteSchema(path, null, false, product);
                case VALIDATE -> {
                    if (SchemaRunner.version(target).isEmpty()) {
                        refuseForeign(writer, path);
                    }
                    SchemaRunner.check(target);
                    yield new SqliteSchema(path, CHANGELOG.current(), false, product);
                }
                case MIGRATE -> {
                    if (SchemaRunner.version(target).isEmpty()) {
                        refuseForeign(writer, path);
                    }
                    writeAhead(writer);
                    Optional<String> found = SchemaRunner.migrate(target);
                    yield new SqliteSchema(path, CHANGELOG.current(), found.isEmpty(), product);
                }
            };
        } catch (SchemaFailure e) {
            if (e.reason() == SchemaFailure.Reason.BUSY) {
                throw new StorageBusyException(String.valueOf(e.getMessage()), e);
            }
            throw new SchemaException(path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Lets readers go on while one writes; the mode stays with the file.
     *
     * <p>The switch reads before it locks for writing. When another connection has locked first,
     * often one that is making the same switch, SQLite refuses that step at once, whatever the busy
     * time-out, since both might wait for each other. So the other's turn is waited for, and then
     * the mode is looked at again.
     */
    private static void writeAhead(Connection writer) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (!"wal".equals(first(writer, "pragma journal_mode"))) {
                    first(writer, "pragma journal_mode = wal");
                }
                return;
            } catch (SQLException e) {
                if (attempt == SWITCH_ATTEMPTS
                        || (e.getErrorCode() & 0xff) != SQLiteErrorCode.SQLITE_BUSY.code) {
                    throw e;
                }
                awaitTurn(writer);
            }
        }
    }

    /** Waits, up to the busy time-out, until no other connection writes. */
    private static void awaitTurn(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("begin immediate");
            statement.execute("rollback");
        }
    }

    private static void refuseForeign(Connection writer, Path path) throws SQLException {
        Optional<SchemaException> refusal = LegacyFile.refusal(writer, path);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private static @Nullable String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /**
     * Returns the version that the schema has had since it was opened, or null when not looked at.
     */
    @Nullable String version() {
        return version;
    }

    StorageInfo info(StorageInfo.Pool pool) {
        return new StorageInfo(
                StorageOptions.SQLITE, product, path.toString(), null, version, created, pool);
    }
}

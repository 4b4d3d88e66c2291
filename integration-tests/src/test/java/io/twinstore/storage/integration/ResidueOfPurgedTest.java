package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an upgrade kept of a record goes when the record is purged, and nothing else does. */
class ResidueOfPurgedTest {

    @TempDir private Path folder;

    @Test
    void inSqlite() throws SQLException {
        try (Storage storage = Storage.open(StorageOptions.sqlite(folder.resolve("a.db")))) {
            requireGone(storage, "residue");
        }
    }

    @Test
    void inPostgres() throws SQLException {
        try (TestDatabase database = TestPostgres.get().newDatabase();
                Storage storage = database.open(database.options())) {
            requireGone(storage, "twinstore.residue");
        }
    }

    private static void requireGone(Storage storage, String table) throws SQLException {
        ConfigId config = storage.configs().create(NewConfig.named("gone")).id();
        ConfigId other = storage.configs().create(NewConfig.named("stays")).id();
        SessionId ofConfig = storage.sessions().create(NewSession.on(config)).id();
        SessionId session = storage.sessions().create(NewSession.on(other)).id();
        SessionId stays = storage.sessions().create(NewSession.on(other)).id();
        AppId app = storage.applications().create(NewApplication.named("gone")).application().id();
        AppId kept =
                storage.applications().create(NewApplication.named("stays")).application().id();
        keep(storage, table, "of config", null, config.value(), null);
        keep(storage, table, "of its session", ofConfig.value(), null, null);
        keep(storage, table, "of session", session.value(), null, null);
        keep(storage, table, "of app", null, null, app.value());
        keep(storage, table, "other config", null, other.value(), null);
        keep(storage, table, "other session", stays.value(), null, null);
        keep(storage, table, "other app", null, null, kept.value());
        keep(storage, table, "of nobody", null, null, null);

        assertThat(storage.configs().delete(config)).isTrue();
        assertThat(kept(storage, table)).hasSize(8);
        assertThat(storage.configs().purge(config)).isTrue();
        assertThat(kept(storage, table)).hasSize(6).doesNotContain("of config", "of its session");
        assertThat(storage.sessions().purge(session)).isTrue();
        assertThat(storage.applications().delete(app)).isTrue();
        assertThat(kept(storage, table))
                .containsExactlyInAnyOrder(
                        "other config", "other session", "other app", "of nobody");
    }

    private static void keep(
            Storage storage,
            String table,
            String key,
            @Nullable String session,
            @Nullable String config,
            @Nullable String app)
            throws SQLException {
        storage.withConnection(
                connection -> {
                    try (PreparedStatement insert =
                            connection.prepareStatement(
                                    "insert into "
                                            + table
                                            + " (source_table, source_key, source_column, cell_type,"
                                            + " cell, fingerprint, session_id, config_id, app_id)"
                                            + " values ('t', ?, 'c', 'text', ?, '', ?, ?, ?)")) {
                        insert.setString(1, key);
                        insert.setBytes(2, new byte[] {1});
                        insert.setString(3, session);
                        insert.setString(4, config);
                        insert.setString(5, app);
                        return insert.executeUpdate();
                    }
                });
    }

    private static List<String> kept(Storage storage, String table) throws SQLException {
        return storage.withConnection(
                connection -> {
                    List<String> keys = new ArrayList<>();
                    try (PreparedStatement select =
                                    connection.prepareStatement("select source_key from " + table);
                            ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            keys.add(rows.getString(1));
                        }
                    }
                    return keys;
                });
    }
}

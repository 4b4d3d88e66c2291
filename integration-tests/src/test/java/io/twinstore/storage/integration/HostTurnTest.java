package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.BusyHandler;

/**
 * A deferred transaction of a host in SQLite is refused nothing because the storage, which indexes
 * when it likes, wrote between the transaction's begin and its first write.
 */
class HostTurnTest {

    @TempDir private Path folder;

    private Path file;
    private Storage storage;
    private SessionId session;

    @BeforeEach
    void open() {
        file = folder.resolve("host.db");
        storage = Storage.open(StorageOptions.sqlite(file));
        Config config = storage.configs().create(NewConfig.named("bot"));
        session = storage.sessions().create(NewSession.on(config.id())).id();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file + "?foreign_keys=on");
    }

    @Test
    void takingTheStoresReadsNothing() throws Exception {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            Stores stores = storage.on(connection);
            storage.sessions().append(session, NewMessage.user("meanwhile"));

            assertThat(stores.sessions().append(session, NewMessage.user("own")).lastSequence())
                    .isEqualTo(2);
            connection.commit();
        }
        assertThat(storage.sessions().get(session).lastSequence()).isEqualTo(2);
    }

    @Test
    void firstWriteWaitsForItsTurnBeforeItReads() throws Exception {
        try (Connection connection = connection();
                Connection other = connection();
                Statement statement = other.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("begin immediate");
            statement.execute("update session_heads set fence = fence");
            BusyHandler.setHandler(connection, commitOf(statement));

            assertThat(
                            storage.on(connection)
                                    .sessions()
                                    .append(session, NewMessage.user("own"))
                                    .lastSequence())
                    .isEqualTo(1);
            connection.commit();
        }
        assertThat(storage.sessions().get(session).lastSequence()).isEqualTo(1);
    }

    /** Ends the other's transaction where the connection is found waiting for it. */
    private static BusyHandler commitOf(Statement statement) {
        return new BusyHandler() {
            @Override
            protected int callback(int tries) throws SQLException {
                statement.execute("commit");
                return 1;
            }
        };
    }
}

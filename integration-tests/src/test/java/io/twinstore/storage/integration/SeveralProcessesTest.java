package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes open one database that is not there yet, at the same moment, and append to
 * sessions of their own and to one that they share.
 */
class SeveralProcessesTest {

    private static final int PROCESSES = 4;

    @TempDir private Path folder;

    @RepeatedTest(2)
    void nothingIsLostInSqlite() throws Exception {
        run(new SqliteHarness());
    }

    @Test
    void nothingIsLostInPostgres() throws Exception {
        run(new PostgresHarness());
    }

    /** SQLite refuses the switch to its write-ahead log at once when somebody else writes. */
    @Test
    void firstOpeningWaitsForWhoeverWritesInSqlite() throws Exception {
        try (TestDatabase database = new SqliteHarness().newDatabase();
                Connection other = database.connection();
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            CompletableFuture<Storage> opening =
                    CompletableFuture.supplyAsync(() -> Storage.open(database.options()));
            assertThatThrownBy(() -> opening.get(500, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            statement.execute("commit");
            try (Storage storage = opening.get(60, TimeUnit.SECONDS)) {
                assertThat(storage.info().created()).isTrue();
            }
        }
    }

    private void run(StorageHarness harness) throws Exception {
        try (TestDatabase database = harness.newDatabase()) {
            List<String> names =
                    IntStream.range(0, PROCESSES).mapToObj(i -> "process " + i).toList();
            appendFromAll(names, database.options());
            try (Storage storage = Storage.open(database.options())) {
                List<String> all = new ArrayList<>();
                for (String name : names) {
                    List<String> own = contents(name);
                    assertThat(bodies(storage, AppendingProcess.own(name)))
                            .containsExactlyElementsOf(own);
                    assertThat(bodies(storage, AppendingProcess.SHARED)).containsSubsequence(own);
                    all.addAll(own);
                }
                assertThat(bodies(storage, AppendingProcess.SHARED))
                        .containsExactlyInAnyOrderElementsOf(all);
            }
        }
    }

    private static List<String> contents(String name) {
        return IntStream.range(0, AppendingProcess.MESSAGES)
                .mapToObj(i -> NewMessage.user(name + " " + i).body().text())
                .toList();
    }

    private static List<String> bodies(Storage storage, SessionId id) {
        List<Message> messages = storage.sessions().transcript(id).messages();
        assertThat(messages)
                .extracting(Message::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, messages.size()).boxed().toList());
        return messages.stream().map(message -> message.body().text()).toList();
    }

    private void appendFromAll(List<String> names, StorageOptions options)
            throws IOException, InterruptedException {
        List<AppendingChild> children = new ArrayList<>();
        try {
            for (String name : names) {
                children.add(AppendingChild.start(name, folder, options));
            }
            for (AppendingChild child : children) {
                child.awaitReady();
            }
            for (AppendingChild child : children) {
                child.go();
            }
            for (AppendingChild child : children) {
                child.awaitEnd();
            }
        } finally {
            children.forEach(AppendingChild::kill);
        }
    }
}

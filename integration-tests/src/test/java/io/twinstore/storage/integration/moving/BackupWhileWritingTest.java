package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.integration.moving.BackedUp.Kind;
import io.twinstore.storage.migrate.Backup;
import io.twinstore.storage.migrate.BackupRecord;
import io.twinstore.storage.migrate.MigrationListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backup that is made while four threads append holds a prefix of every session. */
class BackupWhileWritingTest {

    private static final int WRITERS = 4;
    private static final int BEFORE = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;

    private final AtomicLongArray appended = new AtomicLongArray(WRITERS);
    private final AtomicBoolean stopping = new AtomicBoolean();

    @ParameterizedTest
    @CsvSource({
        "SQLITE, SQLITE",
        "SQLITE, POSTGRESQL",
        "POSTGRESQL, SQLITE",
        "POSTGRESQL, POSTGRESQL"
    })
    void everySessionIsThereUpToAMoment(Kind from, Kind to) throws Exception {
        try (BackedUp source = BackedUp.of(from, folder.resolve("source.db"));
                BackedUp target = BackedUp.of(to, folder.resolve("target.db"))) {
            long[] before = new long[WRITERS];
            BackupRecord made;
            try (Storage storage = Storage.open(source.options())) {
                ConfigId config = storage.configs().create(NewConfig.named("bot")).id();
                for (int i = 0; i < WRITERS; i++) {
                    storage.sessions().create(NewSession.on(config).id(session(i)));
                }
                ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
                List<Future<?>> writers = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    int writer = i;
                    writers.add(threads.submit(() -> write(storage, writer)));
                }
                try {
                    awaitAppends(new long[] {BEFORE, BEFORE, BEFORE, BEFORE});
                    before = counts();
                    made =
                            Backup.write(
                                    source.options(),
                                    folder.resolve("backups"),
                                    new WaitsForAppends());
                } finally {
                    stopping.set(true);
                    threads.shutdown();
                    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
                }
                for (Future<?> writer : writers) {
                    writer.get();
                }
            }
            assertThat(headsThatDisagree(made)).isEmpty();
            Backup.restore(made.file(), target.options());
            try (Storage storage = Storage.open(target.options())) {
                requirePrefixes(storage, before);
            }
        }
    }

    private static SessionId session(int writer) {
        return SessionId.of("session-" + writer);
    }

    private static String text(int writer, long sequence) {
        return "message " + sequence + " of writer " + writer;
    }

    private void write(Storage storage, int writer) {
        for (long next = 1; !stopping.get(); next++) {
            storage.sessions().append(session(writer), NewMessage.user(text(writer, next)));
            appended.set(writer, next);
        }
    }

    private long[] counts() {
        long[] counts = new long[WRITERS];
        for (int i = 0; i < WRITERS; i++) {
            counts[i] = appended.get(i);
        }
        return counts;
    }

    private void awaitAppends(long[] least) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> {
                            for (int i = 0; i < WRITERS; i++) {
                                if (appended.get(i) < least[i]) {
                                    return false;
                                }
                            }
                            return true;
                        });
    }

    /** Read as a whole, head and messages are of one moment. */
    private static List<String> headsThatDisagree(BackupRecord made) throws Exception {
        return SqliteCells.column(
                made.file(),
                "select session_id from session_heads h where last_seq <>"
                        + " (select count(*) from session_messages m where m.session_id = h.session_id)"
                        + " or message_count <> last_seq");
    }

    private void requirePrefixes(Storage storage, long[] before) {
        for (int i = 0; i < WRITERS; i++) {
            long last = storage.sessions().get(session(i)).lastSequence();
            assertThat(last).isBetween(before[i], appended.get(i));
            List<Message> messages = messages(storage, session(i));
            assertThat(messages).hasSize((int) last);
            for (int k = 0; k < messages.size(); k++) {
                assertThat(messages.get(k).sequence()).isEqualTo(k + 1);
                assertThat(messages.get(k).body().text()).contains("\"" + text(i, k + 1) + "\"");
            }
            assertThat(storage.sessions().append(session(i), NewMessage.user("on")).firstSequence())
                    .isEqualTo(last + 1);
        }
    }

    private static List<Message> messages(Storage storage, SessionId id) {
        List<Message> found = new ArrayList<>();
        long last = 0;
        while (true) {
            List<Message> page =
                    storage.sessions()
                            .messages(id, MessageRange.after(last), PageRequest.first())
                            .items();
            if (page.isEmpty()) {
                return found;
            }
            found.addAll(page);
            last = page.get(page.size() - 1).sequence();
        }
    }

    /** Lets the backup go on only when every writer has appended once more. */
    private final class WaitsForAppends implements MigrationListener {

        @Override
        public void step(String what) {
            long[] more = counts();
            for (int i = 0; i < WRITERS; i++) {
                more[i]++;
            }
            awaitAppends(more);
        }
    }
}

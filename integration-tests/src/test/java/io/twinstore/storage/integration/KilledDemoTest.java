package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Message;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.integration.CliDatabase.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A demo that is killed with SIGKILL at a random acknowledgement leaves a database that opens, in
 * which every acknowledged message is.
 */
class KilledDemoTest {

    private static final int MESSAGES = 20_000;
    private static final int KILLS = 3;
    private static final long SEED = Long.getLong("twinstore.seed", System.nanoTime());
    private static final String KEPT = "kept message ";

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void everyAcknowledgedMessageIsThere(Kind kind, TestReporter reporter) throws Exception {
        reporter.publishEntry("twinstore.seed", Long.toString(SEED));
        Random random = new Random(SEED);
        Path transcript = transcript();
        try (CliDatabase database = CliDatabase.of(kind, folder)) {
            for (int kill = 0; kill < KILLS; kill++) {
                Killed killed = kill(database, transcript, 1 + random.nextInt(600));
                assertThat(killed.acknowledged()).isPositive().isLessThan(MESSAGES);
                assertRecovered(database, killed);
            }
            CliProcess.Result after =
                    new CliProcess(folder).run(database.environment(), "demo", "--json");
            assertThat(after.code()).as(after.err()).isZero();
            assertThat(after.field("/ownerSessions")).isEqualTo(Integer.toString(KILLS + 1));
        }
    }

    private Path transcript() throws IOException {
        String messages =
                IntStream.rangeClosed(1, MESSAGES)
                        .mapToObj(KilledDemoTest::body)
                        .collect(Collectors.joining(",\n", "[", "]"));
        return Files.writeString(folder.resolve("long.json"), messages);
    }

    private static String body(int number) {
        return "{\"role\":\"user\",\"content\":\"message " + number + "\"}";
    }

    /** Runs a demo until it has acknowledged this many messages, and kills it. */
    private Killed kill(CliDatabase database, Path transcript, int at) throws Exception {
        Process process =
                new CliProcess(folder)
                        .start(
                                database.environment(),
                                "demo",
                                "--verbose",
                                "--transcript",
                                transcript.toString());
        List<String> told = new ArrayList<>();
        try (BufferedReader events = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                told.add(line);
                if (line.equals(KEPT + at)) {
                    // By its handle: killing the process itself would close the pipe, too.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        // What was in the pipe when it died was acknowledged, too.
        assertThat(process.waitFor()).as("killed, not ended: %s", told).isEqualTo(128 + 9);
        return Killed.of(told);
    }

    private static void assertRecovered(CliDatabase database, Killed killed) {
        List<Message> found = new ArrayList<>();
        try (Storage storage =
                Storage.open(StorageOptions.fromEnvironment(database.environment()))) {
            storage.sessions().streamTranscript(SessionId.of(killed.session()), found::add);
            assertThat(storage.sessions().get(SessionId.of(killed.session())).lastSequence())
                    .isEqualTo(found.size());
        }
        // One more may be kept than was told: the process died before it could say so.
        assertThat(found.size()).isBetween(killed.acknowledged(), killed.acknowledged() + 1);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).sequence()).isEqualTo(i + 1L);
            assertThat(found.get(i).body().text()).isEqualTo(body(i + 1));
        }
    }

    /**
     * What a killed demo had told.
     *
     * @param session the session it appended to
     * @param acknowledged the last sequence it acknowledged
     */
    private record Killed(String session, int acknowledged) {

        static Killed of(List<String> told) {
            String session = last(told, "session ");
            return new Killed(session, Integer.parseInt(last(told, KEPT)));
        }

        private static String last(List<String> told, String start) {
            return told.stream()
                    .filter(line -> line.startsWith(start))
                    .reduce((first, second) -> second)
                    .orElseThrow(() -> new AssertionError(start + " is missing in " + told))
                    .substring(start.length());
        }
    }
}

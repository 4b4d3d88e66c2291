package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.integration.CliDatabase.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One process follows what another appends, as two terminals would. */
class CliTailTest {

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void followsWhatAnotherProcessAppends(Kind kind) throws Exception {
        try (CliDatabase database = CliDatabase.of(kind, folder);
                Both both = new Both(database)) {
            both.start("append", "chat", "--create", "--json");
            both.follow("tail", "chat", "--from", "1", "--count", "3", "--json");
            for (int i = 1; i <= 3; i++) {
                both.type("{\"role\":\"user\",\"n\":" + i + "}");
                assertThat(both.told()).contains("\"sequence\":" + i);
                Json seen = Json.of(both.seen());
                assertThat(seen.at("/action")).contains(Json.of("\"message_appended\""));
                assertThat(seen.at("/sequence")).contains(Json.of("" + i));
                assertThat(seen.at("/body"))
                        .contains(Json.of("{\"role\":\"user\",\"n\":" + i + "}"));
            }
            both.assertTailEnds();
        }
    }

    @ParameterizedTest
    @EnumSource
    void beginsWhereItIsTold(Kind kind) throws Exception {
        try (CliDatabase database = CliDatabase.of(kind, folder);
                Both both = new Both(database)) {
            both.start("append", "chat", "--create", "--json");
            for (int i = 1; i <= 12; i++) {
                both.type("" + i);
                both.told();
            }
            assertThat(sequences(database, "--from", "11", "--count", "2")).isEqualTo("11,12");
            assertThat(sequences(database, "--count", "10")).isEqualTo("3,4,5,6,7,8,9,10,11,12");
            assertThat(sequences(database, "--from", "13", "--idle", "0.1")).isEmpty();
            CliProcess.Result page = run(database, "tail", "chat", "--count", "1");
            assertThat(page.out()).contains("     3  ");
            assertThat(page.err()).contains("following session chat", "(found)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNotThereAndWhatIsOutOfBounds(Kind kind) throws Exception {
        try (CliDatabase database = CliDatabase.of(kind, folder)) {
            assertThat(run(database, "tail", "chat").code()).isEqualTo(5);
            run(database, "demo", "--json");
            for (String args : new String[] {"", "--from 0", "--count 0", "--idle -1"}) {
                CliProcess.Result refused = run(database, ("tail chat " + args).strip().split(" "));
                assertThat(refused.code()).as(args).isEqualTo(6);
                assertThat(refused.err()).contains(args.isEmpty() ? "chat" : args.split(" ")[0]);
            }
        }
    }

    private String sequences(CliDatabase database, String... args) throws Exception {
        String[] all = new String[args.length + 4];
        System.arraycopy(new String[] {"tail", "chat", "--json", "--brief"}, 0, all, 0, 4);
        System.arraycopy(args, 0, all, 4, args.length);
        CliProcess.Result tail = run(database, all);
        assertThat(tail.code()).as(tail.err()).isZero();
        return String.join(
                ",",
                tail.out()
                        .lines()
                        .skip(1)
                        .map(line -> Json.of(line).at("/sequence").orElseThrow().text())
                        .toList());
    }

    private CliProcess.Result run(CliDatabase database, String... args) throws Exception {
        return new CliProcess(folder).run(database.environment(), args);
    }

    /** A process that appends and one that follows. */
    private final class Both implements AutoCloseable {

        private final CliDatabase database;
        private Process appending;
        private Process following;
        private BufferedReader told;
        private BufferedReader seen;
        private Writer typed;

        Both(CliDatabase database) {
            this.database = database;
        }

        /** Starts the one that appends; it says where to once it is ready. */
        void start(String... args) throws IOException {
            appending = new CliProcess(folder).start(database.environment(), args);
            told = appending.inputReader(StandardCharsets.UTF_8);
            typed = appending.outputWriter(StandardCharsets.UTF_8);
            assertThat(told.readLine()).contains("\"sessionId\":\"chat\"");
        }

        /** Starts the one that follows; it says what once it does. */
        void follow(String... args) throws IOException {
            following = new CliProcess(folder).start(database.environment(), args);
            seen = following.inputReader(StandardCharsets.UTF_8);
            assertThat(seen.readLine()).contains("\"sessionId\":\"chat\"");
        }

        void type(String line) throws IOException {
            typed.write(line + "\n");
            typed.flush();
        }

        String told() throws IOException {
            return String.valueOf(told.readLine());
        }

        String seen() throws IOException {
            return String.valueOf(seen.readLine());
        }

        void assertTailEnds() throws Exception {
            assertThat(following.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(following.exitValue()).isZero();
        }

        @Override
        public void close() {
            if (appending != null) {
                appending.destroyForcibly();
            }
            if (following != null) {
                following.destroyForcibly();
            }
        }
    }
}

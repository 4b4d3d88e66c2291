package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.integration.CliDatabase.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
                Live appending = start(database, "append", "chat", "--create", "--json");
                Live following =
                        start(database, "tail", "chat", "--from", "1", "--count", "3", "--json")) {
            for (int i = 1; i <= 3; i++) {
                String body = "{\"role\":\"user\",\"n\":" + i + "}";
                appending.type(body);
                assertThat(appending.line()).contains("\"sequence\":" + i);
                Json seen = Json.of(following.line());
                assertThat(seen.at("/action")).contains(Json.of("\"message_appended\""));
                assertThat(seen.at("/sequence")).contains(Json.of(Integer.toString(i)));
                assertThat(seen.at("/body")).contains(Json.of(body));
            }
            assertThat(following.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(following.process().exitValue()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void beginsWhereItIsTold(Kind kind) throws Exception {
        try (CliDatabase database = CliDatabase.of(kind, folder);
                Live appending = start(database, "append", "chat", "--create", "--json")) {
            for (int i = 1; i <= 12; i++) {
                appending.type(Integer.toString(i));
                appending.line();
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
            assertRefused(database, "chat");
            assertRefused(database, "--from", "0");
            assertRefused(database, "--count", "0");
            assertRefused(database, "--idle", "-1");
        }
    }

    private void assertRefused(CliDatabase database, String named, String... value)
            throws Exception {
        List<String> args = new ArrayList<>(List.of("tail", "chat"));
        if (value.length > 0) {
            args.add(named);
            args.addAll(List.of(value));
        }
        CliProcess.Result refused = run(database, args.toArray(String[]::new));
        assertThat(refused.code()).as(refused.err()).isEqualTo(6);
        assertThat(refused.err()).contains(named);
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

    /** Starts a command that says where it is at work once it is ready. */
    private Live start(CliDatabase database, String... args) throws IOException {
        Process process = new CliProcess(folder).start(database.environment(), args);
        Live live =
                new Live(
                        process,
                        process.inputReader(StandardCharsets.UTF_8),
                        process.outputWriter(StandardCharsets.UTF_8));
        assertThat(live.line()).contains("\"sessionId\":\"chat\"");
        return live;
    }

    /** A command that is talked with while it runs. */
    private record Live(Process process, BufferedReader out, Writer in) implements AutoCloseable {

        void type(String line) throws IOException {
            in.write(line + "\n");
            in.flush();
        }

        String line() throws IOException {
            return String.valueOf(out.readLine());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}

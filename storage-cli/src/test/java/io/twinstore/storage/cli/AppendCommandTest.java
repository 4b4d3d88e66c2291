package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendCommandTest {

    @TempDir Path folder;

    @Test
    void makesASessionAndKeepsEachLine() {
        Run first = append("{\"role\":\"user\"}\n\n[1]\n", "chat", "--create");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).isEqualTo("1\n2\n");
        assertThat(first.err())
                .contains("appending to session chat", folder.toString(), "made just now");

        Run second = append("\"more\"", "chat", "--create");
        assertThat(second.out()).isEqualTo("3\n");
        assertThat(second.err()).contains("(found)");
        assertThat(run("show", "chat", "--json").json().at("/messages/2/body"))
                .contains(Json.of("\"more\""));
        assertThat(run("sessions", "--json").json().at("/sessions/1")).isEmpty();
    }

    @Test
    void theSameInputUnderItsNameIsKeptOnce() {
        assertThat(append("1\n2\n", "chat", "--create", "--key", "night").out())
                .isEqualTo("1\n2\n");
        Run again = append("1\n2\n3\n", "chat", "--key", "night", "--json");
        assertThat(again.out().lines().skip(1))
                .containsExactly(
                        "{\"sequence\":1,\"replayed\":true}",
                        "{\"sequence\":2,\"replayed\":true}",
                        "{\"sequence\":3,\"replayed\":false}");
        Json head = Json.of(again.out().lines().findFirst().orElseThrow());
        assertThat(head.at("/sessionId")).contains(Json.of("\"chat\""));
        assertThat(head.at("/key")).contains(Json.of("\"night\""));

        Run other = append("9\n", "chat", "--key", "night");
        assertThat(other.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(other.err()).contains("used before with other content", "0 messages of session");
    }

    @Test
    void aBadLineKeepsWhatCameBefore() {
        Run run = append("1\n2\n{oops}\n4\n", "chat", "--create");
        assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.out()).isEqualTo("1\n2\n");
        assertThat(run.err()).contains("Standard input: line 3", "2 messages before it kept");
        assertThat(run("show", "chat", "--json").json().at("/session/lastSequence"))
                .contains(Json.of("2"));
    }

    @Test
    void withoutCreateNothingIsMade() {
        Run nothing = append("1\n", "chat");
        assertThat(nothing.code()).isEqualTo(ExitCode.SCHEMA);
        assertThat(folder).isEmptyDirectory();

        assertThat(append("", "chat", "--create").code()).isZero();
        Run unknown = append("1\n", "other");
        assertThat(unknown.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(unknown.err()).contains("other");
        assertThat(unknown.out()).isEmpty();
    }

    private Run append(String input, String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "append";
        System.arraycopy(args, 0, all, 1, args.length);
        return Run.with(input, environment(), all);
    }

    private Run run(String... args) {
        return Run.of(environment(), args);
    }

    private Map<String, String> environment() {
        return Map.of("SQLITE_DB_PATH", folder.resolve("chat.db").toString());
    }
}

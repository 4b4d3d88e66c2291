package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that finds by containment, on the embedded database. */
class ContainsCommandTest {

    private static final SessionId ONE = SessionId.of("one");

    @TempDir Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeTheDatabase() {
        Path file = folder.resolve("contains.db");
        environment.put("SQLITE_DB_PATH", file.toString());
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            Config config = storage.configs().create(NewConfig.named("bot"));
            storage.sessions().create(NewSession.on(config.id()).id(SessionId.of("two")));
            storage.sessions().create(NewSession.on(config.id()).id(ONE).owner(UserId.of("ada")));
            storage.sessions().addParticipant(ONE, UserId.of("alan"), ParticipantRole.VIEWER);
            storage.sessions().append(ONE, NewMessage.user("A pelican and\u001b[2J a heron"));
            storage.sessions()
                    .append(
                            ONE,
                            NewMessage.of("{\"role\":\"tool\", \"n\":1.0,\"content\":\"out\"}"));
            storage.sessions().append(SessionId.of("two"), NewMessage.user("A stork"));
        }
    }

    private Run run(String... args) {
        return Run.of(environment, args);
    }

    @Test
    void anObjectListsMessages() {
        Run found = run("contains", "{\"role\":\"tool\"}");
        assertThat(found.code()).as(found.err()).isZero();
        assertThat(found.out()).contains("one  2  tool", "  out").doesNotContain("pelican");
        Run json = run("contains", "{\"n\":1}", "--json");
        assertThat(json.field("/messages/0/session")).isEqualTo("one");
        assertThat(json.out()).contains("\"body\":{\"role\":\"tool\", \"n\":1.0,");
        assertThat(run("contains", "{\"n\":\"1\"}").out()).contains("Nothing found.");
        assertThat(run("contains", "{\"role\":\"user\"}").out())
                .contains("pelican", "stork")
                .doesNotContain("\u001b[2J");
    }

    @Test
    void anArrayListsSessions() {
        String both = "[{\"role\":\"tool\"},{\"role\":\"user\"}]";
        assertThat(run("contains", both).out())
                .contains("one  ada  active  2 messages")
                .doesNotContain("two");
        assertThat(run("contains", both, "--json").field("/sessions/0/id")).isEqualTo("one");
        assertThat(run("contains", "[]", "--json").field("/sessions/1/id")).isNotBlank();
    }

    @Test
    void isLimitedAndPaged() {
        String users = "{\"role\":\"user\"}";
        assertThat(run("contains", users, "--as", "alan").out())
                .contains("pelican")
                .doesNotContain("stork");
        assertThat(run("contains", users, "--as", "mallory").out()).contains("Nothing found.");
        assertThat(run("contains", users, "--as-app", "other").out()).contains("Nothing found.");
        assertThat(run("contains", users, "--session", "two").out())
                .contains("stork")
                .doesNotContain("pelican");
        assertThat(run("contains", users, "--until", "2020-01-01T00:00:00Z").out())
                .contains("Nothing found.");
        Run first = run("contains", users, "--limit", "1", "--status", "active");
        assertThat(first.out())
                .contains("contains '{\"role\":\"user\"}' --status active --limit 1 --cursor ");
        String out = first.out();
        String cursor = out.substring(out.indexOf("--cursor ") + 9).strip();
        assertThat(run("contains", users, "--status", "active", "--cursor", cursor).out())
                .contains("user")
                .doesNotContain("Next page");
    }

    @Test
    void theNextPageIsForWhoSawTheFirst() {
        Run listed = run("contains", "{}", "--as", "ada", "--limit", "1");
        assertThat(listed.out()).contains("contains '{}' --as ada --limit 1 --cursor ");
    }

    @Test
    void theNextPageOfADocumentOfSeveralLinesIsOneLine() {
        Run listed = run("contains", "{\n\t\"role\":\r\n\"user\"}", "--limit", "1");
        String out = listed.out();
        assertThat(out).contains("contains '{  \"role\":  \"user\"}' --limit 1 --cursor ");
        String cursor = out.substring(out.indexOf("--cursor ") + 9).strip();
        Run next = run("contains", "{  \"role\":  \"user\"}", "--cursor", cursor);
        assertThat(next.code()).isEqualTo(ExitCode.OK);
        assertThat(run("contains", "{\"role\":\"a\nb\"}").code()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void whatIsNeitherIsRefused() {
        for (String bad : new String[] {"1", "\"a\"", "{", "{role:1}"}) {
            Run run = run("contains", bad);
            assertThat(run.code()).as(bad).isEqualTo(ExitCode.REFUSED);
            assertThat(run.err()).isNotBlank();
        }
        assertThat(run("contains", "7").err()).contains("object", "array");
        assertThat(run("contains", "{}", "--since", "yesterday").code())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(run("contains").code()).isEqualTo(ExitCode.USAGE);
    }
}

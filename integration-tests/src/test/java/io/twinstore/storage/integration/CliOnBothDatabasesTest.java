package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.integration.CliDatabase.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command in a process of its own, as a person or a script runs it. */
class CliOnBothDatabasesTest {

    /** What tools do print, and what a database would rather rewrite. */
    private static final List<String> ODD_MESSAGES =
            List.of(
                    "{\"role\":\"tool\",\"content\":\"nul \\u0000, lone \\ud800, escape \\u001b[2J\"}",
                    "{\"role\":\"user\",\"n\":1e3,\"n\":1.10,\"z\":-0.0}",
                    "{ \"role\" :\t\"assistant\",\r\n  \"content\": \"caf\u00e9 \ud83d\ude00 \u6f22\u5b57\" }",
                    "[\"not\", \"an object\"]",
                    "12345678901234567890.123456789012345678901234567890");

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void aConversationGoesInAndComesBackByteForByte(Kind kind) throws Exception {
        Path file = folder.resolve("odd.json");
        Files.writeString(file, "[" + String.join(" ,\n", ODD_MESSAGES) + "]\n");
        try (CliDatabase database = CliDatabase.of(kind, folder)) {
            CliProcess.Result demo =
                    run(database, "demo", "--json", "--transcript", file.toString());
            assertThat(demo.code()).as(demo.err()).isZero();
            assertThat(demo.string("/database")).isEqualToIgnoringCase(kind.name());
            assertThat(demo.field("/messages")).isEqualTo("5");
            assertThat(demo.field("/lastSequence")).isEqualTo("5");
            assertThat(demo.field("/participants")).isEqualTo("3");
            assertThat(demo.field("/created")).isEqualTo("true");

            CliProcess.Result show = run(database, "show", demo.string("/sessionId"), "--json");
            for (int i = 0; i < ODD_MESSAGES.size(); i++) {
                assertThat(show.field("/messages/" + i + "/body")).isEqualTo(ODD_MESSAGES.get(i));
            }
            String page = run(database, "show", demo.string("/sessionId")).out();
            assertThat(page).contains("\\u001b[2J").doesNotContain("\u001b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondRunAddsASession(Kind kind) throws Exception {
        try (CliDatabase database = CliDatabase.of(kind, folder)) {
            String first = run(database, "demo", "--json").string("/sessionId");
            CliProcess.Result second = run(database, "demo", "--json");
            assertThat(second.field("/created")).isEqualTo("false");
            assertThat(second.field("/ownerSessions")).isEqualTo("2");

            CliProcess.Result page = run(database, "sessions", "--json", "--limit", "1");
            assertThat(page.string("/sessions/0/id")).isEqualTo(second.string("/sessionId"));
            CliProcess.Result next =
                    run(database, "sessions", "--json", "--cursor", page.string("/nextCursor"));
            assertThat(next.string("/sessions/0/id")).isEqualTo(first);

            CliProcess.Result doctor = run(database, "doctor", "--json");
            assertThat(doctor.code()).isZero();
            assertThat(doctor.field("/schemaVersion")).startsWith("\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheDemoMakesADatabase(Kind kind) throws Exception {
        try (CliDatabase database = CliDatabase.of(kind, folder)) {
            for (String command : List.of("sessions", "doctor", "show x")) {
                CliProcess.Result found = run(database, command.split(" "));
                assertThat(found.code()).as(found.err()).isEqualTo(5);
                assertThat(found.err()).contains("There is no database yet", "./storage demo");
            }
            assertThat(run(database, "demo", "--json").field("/created")).isEqualTo("true");
            CliProcess.Result tools = run(database, "contains", "{\"role\":\"tool\"}", "--json");
            assertThat(tools.string("/messages/0/body/role")).as(tools.err()).isEqualTo("tool");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsHandedOutAndASettingKept(Kind kind) throws Exception {
        try (CliDatabase database = CliDatabase.of(kind, folder)) {
            run(database, "demo", "--json");
            CliProcess.Result made = run(database, "apps", "create", "Web", "--json");
            assertThat(made.code()).as(made.err()).isZero();
            assertThat(made.string("/key")).startsWith(made.string("/application/keyPrefix"));
            assertThat(made.err()).doesNotContain(made.string("/key"));
            CliProcess.Result put = run(database, "settings", "put", "theme", "null", "--json");
            assertThat(put.field("/setting/value")).as(put.err()).isEqualTo("null");
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidInOneLine() throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("DATABASE_URL", "postgresql://someone:hunter2@127.0.0.1:1/nowhere");
        CliProcess.Result demo = new CliProcess(folder).run(environment, "demo");
        assertThat(demo.code()).isEqualTo(4);
        assertThat(demo.out()).isEmpty();
        assertThat(demo.err())
                .contains("storage: ", "127.0.0.1:1")
                .doesNotContain("hunter2", "\tat ");
    }

    private CliProcess.Result run(CliDatabase database, String... args) throws Exception {
        return new CliProcess(folder).run(database.environment(), args);
    }
}

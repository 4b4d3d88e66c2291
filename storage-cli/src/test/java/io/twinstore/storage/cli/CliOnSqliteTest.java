package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command from end to end, on the embedded database. */
class CliOnSqliteTest {

    /** Takes the last change away from what the database says it has. */
    private static final String OLDER =
            "delete from twinstore_changelog where rowid ="
                    + " (select max(rowid) from twinstore_changelog)";

    @TempDir Path folder;

    private Path database = Path.of("");

    @BeforeEach
    void nameTheDatabase() {
        database = folder.resolve("made/on/the/way/chat.db");
    }

    @Test
    void theDemoTellsAPersonWhatItDid() {
        Run demo = run("demo");
        assertThat(demo.err()).isEmpty();
        assertThat(demo.code()).isZero();
        assertThat(demo.out())
                .contains(
                        database.toAbsolutePath().toString(),
                        "made just now",
                        "16 messages of the sample conversation",
                        "ada@example.com owner, grace@example.com editor, alan@example.com viewer",
                        "the same byte for byte",
                        "alan@example.com finds '",
                        "alan@example.com may read it, and not append to it",
                        "message 1 again with its key: kept once",
                        "→ query_orders",
                        "← this run",
                        "./storage show")
                .doesNotContain("\u001b");
        assertThat(run("demo").out()).contains("(found)").doesNotContain("made just now");
    }

    @Test
    void theDemoTellsAProgramInOneObject() {
        Run first = run("demo", "--json");
        assertThat(first.err()).isEmpty();
        assertThat(first.field("/database")).isEqualTo("sqlite");
        assertThat(first.field("/location")).isEqualTo(database.toAbsolutePath().toString());
        assertThat(first.field("/created")).isEqualTo("true");
        assertThat(first.field("/messages")).isEqualTo("16");
        assertThat(first.field("/lastSequence")).isEqualTo("16");
        assertThat(first.field("/participants")).isEqualTo("3");
        assertThat(first.json().at("/elapsedMs")).isPresent();
        assertThat(first.json().at("/configId")).isPresent();

        Run second = run("demo", "--json");
        assertThat(second.field("/created")).isEqualTo("false");
        assertThat(second.field("/ownerSessions")).isEqualTo("2");
        assertThat(second.field("/sessionId")).isNotEqualTo(first.field("/sessionId"));
    }

    @Test
    void messagesOfAFileComeBackByteForByte() throws IOException {
        List<String> messages =
                List.of(
                        "{\"role\":\"tool\", \"content\":\"\\u0000 \\ud800\"}",
                        "{\"a\":1e3,\"a\":1.10}",
                        "[1,\n 2]",
                        "\"\u009b text\"");
        Path file = write("[" + String.join(" ,\n", messages) + "]\n");
        Run demo = run("demo", "--json", "--transcript", file.toString());
        assertThat(demo.err()).isEmpty();
        assertThat(demo.field("/messages")).isEqualTo("4");

        Run show = run("show", demo.field("/sessionId"), "--json");
        assertThat(show.code()).isZero();
        for (int i = 0; i < messages.size(); i++) {
            assertThat(show.json().at("/messages/" + i + "/body").map(Json::text))
                    .contains(messages.get(i));
        }
    }

    @Test
    void anEmptyArrayMakesASessionWithoutMessages() throws IOException {
        Run demo = run("demo", "--json", "--transcript", write("[]").toString());
        assertThat(demo.field("/messages")).isEqualTo("0");
        assertThat(run("show", demo.field("/sessionId")).code()).isZero();
        assertThat(run("demo", "--transcript", write("[]").toString()).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1,", "[1,{\"a\":nope}]", "[1] x"})
    void anUnusableFileIsFoundBeforeAnythingIsWritten(String text) throws IOException {
        assertRefused(write(text));
    }

    @Test
    void aMissingFileOrADirectoryIsFoundBeforeAnythingIsWritten() {
        assertRefused(folder.resolve("missing.json"));
        assertRefused(folder);
    }

    @Test
    void everyAcknowledgedMessageIsNamed() {
        Run demo = run("demo", "--json", "--verbose");
        assertThat(demo.err().lines())
                .hasSize(17)
                .startsWith("session " + demo.field("/sessionId"), "kept message 1")
                .endsWith("kept message 16");
    }

    @Test
    void sessionsArePaged() {
        String first = run("demo", "--json").field("/sessionId");
        String second = run("demo", "--json").field("/sessionId");
        Run page = run("sessions", "--json", "--limit", "1");
        assertThat(page.field("/sessions/0/id")).isEqualTo(second);
        Run next = run("sessions", "--json", "--limit", "1", "--cursor", page.field("/nextCursor"));
        assertThat(next.field("/sessions/0/id")).isEqualTo(first);
        assertThat(next.field("/nextCursor")).isEqualTo("null");

        assertThat(run("sessions").out()).contains(first, second, "2 sessions in all", "(found)");
        assertThat(run("sessions", "--limit", "1").out()).contains("--limit 1 --cursor ");
    }

    @Test
    void anEmptyDatabaseSaysHowToFillIt() {
        StorageOptions options = StorageOptions.sqlite(database);
        Storage.open(options).close();
        assertThat(run("sessions").out()).contains("No sessions here", "./storage demo");
    }

    @Test
    void afterTheLastPageThereIsNothingMore() throws SQLException {
        run("demo");
        run("demo");
        String cursor = run("sessions", "--json", "--limit", "1").field("/nextCursor");
        sql("delete from sessions");
        assertThat(run("sessions", "--cursor", cursor).out())
                .contains("No more sessions.")
                .doesNotContain("No sessions here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show x", "sessions", "doctor", "doctor --json"})
    void onlyTheDemoMakesADatabase(String command) {
        assertFails(5, "There is no database yet at " + database, command.split(" "));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anOlderSchemaIsNamedAndLeftAsItIs() throws SQLException {
        run("demo");
        sql(OLDER);
        assertFails(5, "./storage demo' brings it up to date", "doctor");
        assertFails(5, "./storage demo' brings it up to date", "sessions");
    }

    @Test
    void theDoctorIsNotContentWithADatabaseThatDoesNotWork() throws SQLException {
        run("demo");
        sql("drop table session_messages");
        Run doctor = run("doctor", "--json");
        assertThat(doctor.code()).isEqualTo(5);
        assertThat(doctor.field("/ready")).isEqualTo("false");
        assertThat(doctor.json().at("/problems/0")).isPresent();
        assertThat(doctor.err()).contains("The newest session: ").doesNotContain("\tat ");
        assertThat(run("doctor").out()).contains("Not ready").doesNotContain("Ready to work");
    }

    @Test
    void theDoctorFindsADamagedFile() throws Exception {
        run("demo");
        sql("vacuum");
        try (FileChannel file = FileChannel.open(database, StandardOpenOption.WRITE)) {
            // An index that opening does not read.
            file.write(ByteBuffer.wrap(new byte[4096]), 4096 * (rootPage("configs_by_name") - 1));
        }
        Run doctor = run("doctor");
        assertThat(doctor.code()).isEqualTo(5);
        assertThat(doctor.err()).contains("The file's pages: ");
    }

    @Test
    void everyCutSaysHowToSeeTheRest() {
        String id = run("demo", "--json").field("/sessionId");
        assertThat(run("show", id).out()).contains("The whole: ./storage show " + id + " --full");
        assertThat(run("show", id, "--full").out()).doesNotContain("…", "more line");
        assertThat(run("demo").out()).contains("--all shows them", "--full");
    }

    @Test
    void aNarrowTerminalGetsTwoLinesForEachSession() {
        run("demo");
        Map<String, String> narrow = Map.of("SQLITE_DB_PATH", database.toString(), "COLUMNS", "60");
        String out = Run.of(narrow, "sessions").out();
        assertThat(out).contains("active, 16 messages, ").doesNotContain("LAST ACTIVITY");
    }

    @Test
    void aSessionIsShownWithItsPeopleAndMessages() {
        String id = run("demo", "--json").field("/sessionId");
        assertThat(run("show", id).out())
                .contains(id, "repair-assistant", "grace@example.com", "→ run_tests {}", "☕");
        assertThat(run("show", id, "--last", "2").out())
                .contains("14 earlier messages", "☕")
                .doesNotContain("📚");
        assertThat(run("show", id, "--all", "--json").field("/messages/15/sequence"))
                .isEqualTo("16");
        assertThat(run("show", id, "--last", "1", "--json").field("/messages/0/sequence"))
                .isEqualTo("16");
    }

    @Test
    void whatIsNotThereOrNotAllowedIsRefused() {
        run("demo");
        assertFails(6, "No session with id 'nobody'", "show", "nobody");
        assertFails(6, "session.id", "show", "");
        assertFails(6, "session.id", "show", "x".repeat(256));
        assertFails(6, "storage: ", "sessions", "--cursor", "garbage");
        String id = run("demo", "--json").field("/sessionId");
        assertFails(6, "1 to 1000", "show", id, "--last", "1001");
        assertFails(6, "1 to 1000", "show", id, "--last", "0");
    }

    @Test
    void theDoctorSaysWhatIsThere() {
        run("demo");
        Run doctor = run("doctor", "--json");
        assertThat(doctor.code()).isZero();
        assertThat(doctor.field("/database")).isEqualTo("sqlite");
        assertThat(doctor.field("/created")).isEqualTo("false");
        assertThat(doctor.field("/ready")).isEqualTo("true");
        assertThat(doctor.json().at("/schemaVersion")).isPresent();
        assertThat(doctor.json().at("/pool/max")).isPresent();
        assertThat(doctor.json().at("/latency/medianMicros")).isPresent();
        assertThat(doctor.json().at("/unindexedMessages")).isPresent();
        assertThat(run("doctor").out())
                .contains("Round trip", "the search index ", "Ready to work with");
    }

    @Test
    void aFileThatIsNoDatabaseIsLeftAlone() throws IOException {
        Path text = Files.writeString(folder.resolve("letter.txt"), "Dear reader, ".repeat(100));
        Run run = Run.of(Map.of("SQLITE_DB_PATH", text.toString()), "demo");
        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err())
                .startsWith("storage: ")
                .contains("letter.txt")
                .doesNotContain("\tat ");
        assertThat(text).hasContent("Dear reader, ".repeat(100));
    }

    @Test
    void aDirectoryIsNoDatabase() {
        Run run = Run.of(Map.of("SQLITE_DB_PATH", folder.toString()), "demo");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).startsWith("storage: ").contains("directory", folder.toString());
    }

    private Run run(String... args) {
        return Run.of(Map.of("SQLITE_DB_PATH", database.toString()), args);
    }

    private long rootPage(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select rootpage from sqlite_schema where name = '" + name + "'")) {
            return row.getLong(1);
        }
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("transcript.json"), text);
    }

    private void assertRefused(Path transcript) {
        assertFails(6, transcript.toString(), "demo", "--transcript", transcript.toString());
        assertThat(database).doesNotExist();
    }

    private void assertFails(int code, String part, String... args) {
        Run run = run(args);
        assertThat(run.code()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("storage: ").contains(part).doesNotContain("\tat ");
    }
}

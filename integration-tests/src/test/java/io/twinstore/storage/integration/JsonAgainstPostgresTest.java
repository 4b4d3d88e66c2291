package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.spi.ContainmentHashes;
import io.twinstore.storage.spi.IndexedJson;
import io.twinstore.storage.spi.JsonContainment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** PostgreSQL is the judge of what its {@code json} and {@code jsonb} take, print and contain. */
@SuppressWarnings("NullAway.Init")
class JsonAgainstPostgresTest {

    private static final int DOCUMENTS = 20_000;
    private static final int PAIRS = 100_000;
    private static final int BATCH = 10_000;
    private static final int MANY_HASHES = 10_000;
    private static final long SEED = Long.getLong("twinstore.seed", System.nanoTime());
    private static final String TRY =
            """
            create function pg_temp.try_%1$s(t text) returns text language plpgsql as $$
            begin return (t::%1$s)::text; exception when others then return null; end $$
            """;

    private static EmbeddedPostgres server;
    private static Connection connection;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.start();
        connection = server.getPostgresDatabase().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(TRY.formatted("json"));
            statement.execute(TRY.formatted("jsonb"));
        }
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        connection.close();
        server.close();
    }

    @Test
    void normalFormIsWhatJsonbPrintsAndRefuses(TestReporter reporter) throws SQLException {
        reporter.publishEntry("twinstore.seed", Long.toString(SEED));
        JsonTexts texts = new JsonTexts(SEED);
        List<String> documents = new ArrayList<>(edges().toList());
        Stream.generate(texts::document).limit(DOCUMENTS).forEach(documents::add);

        List<@Nullable String> printed = ask("jsonb", documents);

        int refused = 0;
        for (int i = 0; i < documents.size(); i++) {
            String text = documents.get(i);
            assertThat(normalized(text))
                    .as("seed %d: %.200s", SEED, text)
                    .isEqualTo(printed.get(i));
            refused += printed.get(i) == null ? 1 : 0;
        }
        assertThat(refused).as("refused, seed %d", SEED).isBetween(DOCUMENTS / 100, DOCUMENTS / 2);
    }

    @Test
    void containmentIsWhatJsonbContains(TestReporter reporter) throws SQLException {
        reporter.publishEntry("twinstore.seed", Long.toString(SEED));
        JsonTexts texts = new JsonTexts(SEED);
        long yes = 0;
        for (int done = 0; done < PAIRS; done += BATCH) {
            yes += agreed(texts);
        }
        assertThat(yes).as("contained, seed %d", SEED).isBetween(PAIRS / 5L, PAIRS * 4L / 5);
    }

    /** How many of a batch of pairs contain, by PostgreSQL, the matcher and the hashes. */
    private static long agreed(JsonTexts texts) throws SQLException {
        List<String> containers = new ArrayList<>();
        List<String> contained = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            Object whole = texts.small(4);
            containers.add(texts.written(whole));
            contained.add(texts.written(texts.part(whole)));
        }
        List<Boolean> answers = askContains(containers, contained);
        for (int i = 0; i < BATCH; i++) {
            Json container = Json.of(containers.get(i));
            Json part = Json.of(contained.get(i));
            assertThat(JsonContainment.contains(container, part))
                    .as("seed %d: %s @> %s", SEED, container, part)
                    .isEqualTo(answers.get(i));
            assertThat(!answers.get(i) || mayContain(container, part))
                    .as("seed %d: hashes of %s and %s", SEED, container, part)
                    .isTrue();
        }
        return answers.stream().filter(answer -> answer).count();
    }

    /** Transcripts and elements of arrays, by PostgreSQL, the matcher and the hashes. */
    @Test
    void transcriptsContainWhatJsonbContains(TestReporter reporter) throws SQLException {
        reporter.publishEntry("twinstore.seed", Long.toString(SEED));
        JsonTexts texts = new JsonTexts(SEED);
        List<List<String>> transcripts = new ArrayList<>();
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            Object first = texts.small(3);
            Object second = texts.small(2);
            transcripts.add(List.of(texts.written(first), texts.written(second)));
            List<Object> parts = List.of(texts.part(first), texts.part(second));
            elements.add(texts.written(parts.subList(0, 1 + i % 2)));
        }
        List<Boolean> answers =
                askContains(transcripts.stream().map(List::toString).toList(), elements);
        for (int i = 0; i < BATCH; i++) {
            List<Json> messages = transcripts.get(i).stream().map(Json::of).toList();
            assertThat(containsAll(messages, Json.of(elements.get(i))))
                    .as("seed %d: %s @> %s", SEED, messages, elements.get(i))
                    .isEqualTo(answers.get(i));
        }
        assertThat(answers.stream().filter(answer -> answer).count())
                .as("contained, seed %d", SEED)
                .isBetween(BATCH / 5L, BATCH * 4L / 5);
    }

    /** Finds each element in some message, as the transcript's index would have it found. */
    private static boolean containsAll(List<Json> messages, Json elements) {
        List<Set<Long>> required = ContainmentHashes.requiredOfEach(elements);
        BitSet found = new BitSet();
        for (Json message : messages) {
            BitSet own = JsonContainment.elementsIn(message, elements);
            Set<Long> hashes = ContainmentHashes.of(message, MANY_HASHES).orElseThrow();
            assertThat(own.stream())
                    .as("seed %d: hashes of %s and %s", SEED, message, elements)
                    .allMatch(element -> hashes.containsAll(required.get(element)));
            found.or(own);
        }
        return found.cardinality() == required.size();
    }

    private static boolean mayContain(Json container, Json part) {
        return ContainmentHashes.of(container, MANY_HASHES)
                .orElseThrow()
                .containsAll(ContainmentHashes.required(part));
    }

    @Test
    void documentsAreWhatJsonTakes(TestReporter reporter) throws SQLException {
        reporter.publishEntry("twinstore.seed", Long.toString(SEED));
        JsonTexts texts = new JsonTexts(SEED);
        List<String> documents =
                Stream.generate(() -> texts.damaged(texts.document())).limit(DOCUMENTS).toList();

        List<@Nullable String> taken = ask("json", documents);

        int valid = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            String text = documents.get(i);
            assertThat(accepted(text))
                    .as("seed %d: %s", SEED, text)
                    .isEqualTo(taken.get(i) != null);
            valid += taken.get(i) == null ? 0 : 1;
        }
        assertThat(valid).as("valid, seed %d", SEED).isBetween(DOCUMENTS / 10, DOCUMENTS * 9 / 10);
    }

    private static Stream<String> edges() {
        Stream<String> numbers =
                Stream.of(
                        "9".repeat(131_072),
                        "9".repeat(131_073),
                        "-" + "9".repeat(131_072),
                        "1e131071",
                        "1e131072",
                        "10e131070",
                        "10e131071",
                        "0.1e131072",
                        "0.1e131073",
                        "0.01e131073",
                        "1e-16383",
                        "1e-16384",
                        "0." + "0".repeat(16_383),
                        "0." + "0".repeat(16_384),
                        "1." + "3".repeat(16_383),
                        "1." + "3".repeat(16_384),
                        "0e-16383",
                        "0e-16384",
                        "0.0e-16382",
                        "0.0e-16383",
                        "0e1000000",
                        "0e1073741822",
                        "0e1073741824",
                        "0e-1073741824",
                        "0e99999999999999999999",
                        "1e99999999999999999999",
                        "1e-99999999999999999999",
                        "1e0000000000000000000000005",
                        "1e-0000000000000000000000005",
                        "0." + "0".repeat(20_000) + "1e20001",
                        "1" + "0".repeat(140_000) + "e-140000",
                        "1" + "0".repeat(140_000) + "e-16383",
                        "-0",
                        "-0.0",
                        "-0.00e1",
                        "-0e-3",
                        "1.10",
                        "1.50e1",
                        "12e-1");
        Stream<String> others =
                Stream.of(
                        "\"\"",
                        "[]",
                        "{}",
                        "[[]]",
                        "[{}]",
                        "{\"\":{\"\":{}}}",
                        "\"\\u0000\"",
                        "{\"\\u0000\":1}",
                        "{\"a\":\"\\u0000\",\"a\":1}",
                        "{\"a\":1e200000,\"a\":1}",
                        "\"\\ud800\"",
                        "\"\\ud83d\\ude00\"",
                        "\"\\ude00\\ud83d\"",
                        "{\"\\ud800\":1}",
                        "\"\\\\ud800\"",
                        "{\"a\":1,\"a\":2,\"\\u0061\":3}",
                        "{\"\uFFFF\":1,\"😀\":2,\"zzzz\":3,\"zzz\":4}",
                        "[".repeat(512) + "]".repeat(512),
                        "{\"a\":".repeat(512) + "1" + "}".repeat(512),
                        "\"" + "é".repeat(100_000) + "\"");
        return Stream.concat(numbers, others);
    }

    private static @Nullable String normalized(String text) {
        try {
            return IndexedJson.normalize("document", Json.of(text)).text();
        } catch (InvalidValueException e) {
            return null;
        }
    }

    private static boolean accepted(String text) {
        try {
            Json.of(text);
            return true;
        } catch (InvalidValueException e) {
            return false;
        }
    }

    private static List<@Nullable String> ask(String type, List<String> documents)
            throws SQLException {
        String sql =
                "select pg_temp.try_"
                        + type
                        + "(t) from unnest(?::text[]) with ordinality as d(t, n) order by n";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", documents.toArray()));
            List<@Nullable String> answers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answers.add(rows.getString(1));
                }
            }
            return answers;
        }
    }

    private static List<Boolean> askContains(List<String> containers, List<String> contained)
            throws SQLException {
        String sql =
                """
                select a::jsonb @> b::jsonb
                from unnest(?::text[], ?::text[]) with ordinality as d(a, b, n) order by n
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", containers.toArray()));
            statement.setArray(2, connection.createArrayOf("text", contained.toArray()));
            List<Boolean> answers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answers.add(rows.getBoolean(1));
                }
            }
            return answers;
        }
    }
}

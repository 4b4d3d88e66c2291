package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptReaderTest {

    @Test
    void handsOutEachElementAsItIsWritten() {
        List<String> elements =
                List.of(
                        "{ \"role\" : \"user\",\r\n\t\"content\":\"caf\u00e9 \uD83D\uDE00\" }",
                        "{\"a\":1e3,\"a\":1.10,\"b\":-0.0}",
                        "{\"content\":\"\\u0000 \\ud800 \\/ \\u00e9\"}",
                        "[]",
                        "[[1, 2],{}]",
                        "\"text, with ] and }\"",
                        "\"\"",
                        "1e400",
                        "-0",
                        "12345678901234567890123456789012345678901234567890",
                        "true",
                        "null",
                        "{}");

        assertThat(read("[" + String.join(",", elements) + "]")).isEqualTo(elements);
        assertThat(read("\r\n[\t" + String.join(" ,\n  ", elements) + "\n]\n\n"))
                .isEqualTo(elements);
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(read("\uFEFF[{\"a\":1},2]")).containsExactly("{\"a\":1}", "2");
    }

    @Test
    void findsElementsWhereverTheParsersBufferEnds() {
        for (int pad = 7980; pad < 8010; pad++) {
            String first = "\"" + "x".repeat(pad) + "\"";
            assertThat(read("[" + first + " , {\"k\":\"é\"},17]"))
                    .as("padding %d", pad)
                    .containsExactly(first, "{\"k\":\"é\"}", "17");
        }
    }

    @Test
    void takesNumbersAndNamesOfAnyLength() {
        String number = "9".repeat(20_000);
        String name = "{\"" + "n".repeat(200_000) + "\":0}";
        assertThat(read("[" + number + "," + name + "]")).containsExactly(number, name);
    }

    @Test
    void keepsNoMoreThanOneElement() throws IOException {
        // What is kept is bounded by one element of 100,000 bytes; the whole is a hundred times
        // that.
        String element = "{\"content\":\"" + "y".repeat(90_000) + "\"}";
        String array = "[" + String.join(", ", Collections.nCopies(111, element)) + "]";
        long count = 0;
        try (TranscriptReader reader = new TranscriptReader("big", stream(array), 100_000)) {
            for (Json next = reader.next(); next != null; next = reader.next()) {
                assertThat(next.text()).isEqualTo(element);
                count++;
            }
        }
        assertThat(count).isEqualTo(111);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,\"%s\"]", "[1,[\"%s\"]]", "[1,{\"%s\":0}]", "[1,7%s]"})
    void refusesAnElementThatIsTooLongBeforeItIsRead(String form) throws IOException {
        String array = form.formatted("7".repeat(200_000));
        try (TranscriptReader reader = new TranscriptReader("chat.json", stream(array), 100_000)) {
            assertThat(reader.next()).isNotNull();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("chat.json: message 2 is longer than 100,000 bytes.");
        }
    }

    @Test
    void anEmptyArrayIsATranscriptWithoutMessages() {
        assertThat(read(" [ ] ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n"})
    void refusesEmptyFiles(String text) {
        assertRefused(text, "chat.json is empty.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"role\":\"user\"} | it starts with an object",
                "\"text\" | it starts with a string",
                "17 | it starts with a number",
                "null | it starts with 'null'",
                "hello | (line 1, column 1)",
            })
    void refusesWhatIsNoArray(String text, String part) {
        assertRefused(text, part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1,{\"a\":}] | message 2 must be JSON as RFC 8259 defines it; unexpected text at line 1, column 9.",
                "[1,2 | chat.json ends after message 2, without ']'.",
                "[ | chat.json ends before the first message, without ']'.",
                "[1,2,] | message 3 is missing (line 1, column 6)",
                "[,1] | message 1 is missing (line 1, column 2)",
                "[1 2] | a comma or ']' is missing after message 1 (line 1, column 4)",
                "[NaN] | message 1 must be JSON as RFC 8259 defines it; NaN and Infinity are not part",
                "[1,-Infinity] | message 2 must be JSON",
                "[{\"a\":NaN}] | message 1 must be JSON",
                "[1,\"abc | message 2 must be JSON as RFC 8259 defines it; the text ends too early",
                "[{'a':1}] | message 1 must be JSON",
                "[1, /* no */ 2] | line 1, column 5",
                "[01] | line 1, column",
                "[1] 2 | goes on after the end of the array (line 1, column 5), with a number",
                "[1][2] | goes on after the end of the array (line 1, column 4), with another array",
                "[1]] | goes on after the end of the array (line 1, column 4)",
                "[1] nope | goes on after the end of the array (line 1, column 5)",
                "[\"a\tb\"] | message 1 must be JSON",
            })
    void refusesBrokenJsonWithItsPlace(String text, String part) {
        assertRefused(text, part);
    }

    @Test
    void namesTheLine() {
        assertRefused("[\n {\"a\":1},\n {\"b\":oops}\n]", "unexpected text at line 3, column 7.");
    }

    @Test
    void refusesWhatTheLibraryWouldRefuse() {
        String deep = "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1);
        assertRefused(
                "[1,\n" + deep + "]",
                "message 2 must be nested at most 512 deep; it is deeper at line 2, column 513.");
        assertRefused("[" + "[".repeat(100_000), "chat.json");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        byte[] latin1 = "[{\"a\":\"caf\u00e9\"}]".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(new ByteArrayInputStream(latin1)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("UTF-8");
        byte[] surrogate = "[[\"???\"]]".getBytes(StandardCharsets.UTF_8);
        surrogate[3] = (byte) 0xed;
        surrogate[4] = (byte) 0xa0;
        surrogate[5] = (byte) 0x80;
        assertThatThrownBy(() -> read(new ByteArrayInputStream(surrogate)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("message 1 (line 1, column 2) is not text in UTF-8");
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
            byte[] wide = "[1]".getBytes(charset);
            assertThatThrownBy(() -> read(new ByteArrayInputStream(wide)))
                    .hasMessage("chat.json is not text in UTF-8.");
        }
    }

    private static void assertRefused(String text, String part) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(part)
                .message()
                .doesNotContain("com.fasterxml", "enable", "Feature")
                .isNotNull();
        assertThatThrownBy(() -> read(text)).hasMessageStartingWith("chat.json");
    }

    private static List<String> read(String text) {
        return read(stream(text));
    }

    private static List<String> read(InputStream in) {
        List<String> elements = new ArrayList<>();
        try (TranscriptReader reader = new TranscriptReader("chat.json", in)) {
            for (Json next = reader.next(); next != null; next = reader.next()) {
                elements.add(next.text());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return elements;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}

package io.twinstore.storage.sqlite.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as Python writes it. */
class LegacyJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "[NaN, Infinity, -Infinity] | ['NaN', 'Infinity', '-Infinity']",
                "{'NaN': NaN} | {'NaN': 'NaN'}",
                "['a \\' NaN', NaN] | ['a \\' NaN', 'NaN']",
                "['\\\\', NaN] | ['\\\\', 'NaN']",
                "['-Infinity'] | ['-Infinity']",
            })
    void wordsBecomeStringsOutsideOfStringsAlone(String given, String expected) {
        assertThat(LegacyJson.withoutWords(quoted(given))).isEqualTo(quoted(expected));
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": Nan}", "NaNa", "--Infinity", "[1,]", "{'a': 1}", ""})
    void whatIsNoJsonStaysNone(String text) {
        assertThat(LegacyJson.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\\u0000\":\"\\u0000\"} | {\"a\uFFFD\": \"\uFFFD\"}",
                "[\"\\ud800x\",\"\\ud83d\\ude80\",[],{}] | [\"\uFFFDx\", \"\uD83D\uDE80\", [], {}]",
                "{\"a\": 1e999999, \"b\": [true, null, -1.50]} | {\"a\": \"1e999999\", \"b\": [true, null,"
                        + " -1.50]}",
            })
    void whatAnIndexCannotHoldIsShownByWhatIsNearest(String given, String expected) {
        assertThat(LegacyJson.indexed(given.replace("\\\\u", "\\u"))).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | 0",
                " [ ] | 0",
                "[1] | 1",
                "[{\"a\": [1, 2]}, \"],[\" , [3]] | 3",
            })
    void aTranscriptIsCutAtItsElements(String text, int elements) {
        assertThat(LegacyTranscript.elements(Cell.text(text)))
                .hasValueSatisfying(cut -> assertThat(cut).hasSize(elements));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1", "[1]]", "[1] x", "null", "[1 2]"})
    void whatIsNoArrayIsNoTranscript(String text) {
        assertThat(LegacyTranscript.elements(Cell.text(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "[ {\"a\" : 1e2} , -0.0 ]"})
    void elementsKeepTheirBytes(String text) {
        List<String> cut = LegacyTranscript.elements(Cell.text(text)).orElseThrow();
        assertThat(cut).allMatch(text::contains).hasSize(2);
    }
}

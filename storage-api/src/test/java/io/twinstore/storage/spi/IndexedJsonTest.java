package io.twinstore.storage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The normal form and the refusals; that PostgreSQL agrees is tested against PostgreSQL itself. */
class IndexedJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "' [ 1,2 ] ' | '[1, 2]'",
                "'{\"bb\":1,\"c\":{},\"a\":[],\"bb\":2}' | '{\"a\": [], \"c\": {}, \"bb\": 2}'",
                "'{\"😀\":1,\"ÿÿ\":2,\"\uFFFF\":3,\"zzz\":4}' | '{\"zzz\": 4, \"\uFFFF\": 3, \"ÿÿ\": 2, \"😀\": 1}'",
                "1e2 | 100",
                "1.10 | 1.10",
                "-0.0 | 0.0",
                "-0 | 0",
                "-1.50e1 | -15.0",
                "12.345e-2 | 0.12345",
                "0.0012e2 | 0.12",
                "0.00120e6 | 1200",
                "0e5 | 0",
                "0.0e-2 | 0.000",
                "0.00e1 | 0.0",
                "5e-5 | 0.00005",
                "\"\\u0041\\/\\u001F\\b\\f\\n\\r\\t\\\"\\\\\\u007f\" | \"A/\\u001f\\b\\f\\n\\r\\t\\\"\\\\\u007f\"",
            })
    void bringsIntoTheFormOfPostgres(String text, String normal) {
        Json normalized = IndexedJson.normalize("session.metadata", Json.of(text));
        assertThat(normalized.text()).isEqualTo(normal);
        assertThat(IndexedJson.normalize("session.metadata", normalized)).isEqualTo(normalized);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"\\u0000\" | \\u0000 | ''",
                "'{\"a\":[1,{\"b/~\":\"x\\u0000\"}]}' | \\u0000 | /a/1/b~1~0",
                "'[[],{},[0,\"\\u0000\"]]' | \\u0000 | /2/1",
                "'{\"k\":{\"\\u0000\":1}}' | \\u0000 | /k/\\u0000",
                "'[\"ok\",\"\\ud800\"]' | unpaired | /1",
                "'[\"\\udc00\\ud800\"]' | unpaired | /0",
                "'{\"a\":1,\"\\ud800x\":1}' | unpaired | /\\ud800x",
                "'{\"a\":\"\\u0000\",\"a\":1}' | \\u0000 | /a",
                "'{\"a\":{\"b\":1},\"c\":[1e131072]}' | 131072 digits before | /c/0",
                "'{\"a\":1e99999999999,\"a\":1}' | 131072 digits before | /a",
                "1e-16384 | 16383 after | ''",
            })
    void refusesWhatPostgresCannotHoldAndNamesThePath(String text, String reason, String pointer) {
        assertThatThrownBy(() -> IndexedJson.normalize("session.metadata", Json.of(text)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("session.metadata must be ")
                .hasMessageContaining(reason)
                .hasMessageContaining("there is one at \"" + pointer + "\"");
    }

    @Test
    void allowsExactlyTheLengthBeforeAndAfter() {
        String most = '"' + "x".repeat(IndexedJson.MAX_BYTES - 2) + '"';
        assertThat(IndexedJson.normalize("tags", Json.of(most)).text()).isEqualTo(most);
        assertTooLong('"' + "x".repeat(IndexedJson.MAX_BYTES - 1) + '"');
        assertTooLong("[" + "1e131071,".repeat(1000) + "1]");
    }

    @Test
    void theDeepestDocumentsAreNormalized() {
        Json deep = Json.of("{\"a\":".repeat(511) + "[]" + "}".repeat(511));
        assertThat(IndexedJson.normalize("tags", deep).text()).hasSize(511 * 7 + 2);
    }

    private static void assertTooLong(String text) {
        assertThatThrownBy(() -> IndexedJson.normalize("tags", Json.of(text)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("tags must be at most 16000000 bytes of JSON.");
    }
}

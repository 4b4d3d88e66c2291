package io.twinstore.storage.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pairs that are contained next to pairs that just miss; PostgreSQL itself judges many more
 * elsewhere.
 */
class JsonContainmentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "1 | 1.0 | true",
                "1 | 2 | false",
                "'[1,2,3]' | '[3,1,1]' | true",
                "'[1,2,3]' | '[3,4]' | false",
                "'[1,2]' | 2 | true",
                "'[[2]]' | 2 | false",
                "2 | [2] | false",
                "2 | [] | false",
                "[] | [] | true",
                "[] | {} | false",
                "{} | [] | false",
                "'{\"a\":1,\"b\":2}' | '{\"b\":2}' | true",
                "'{\"a\":1,\"b\":2}' | '{\"b\":1}' | false",
                "'{\"a\":1}' | 1 | false",
                "'{\"a\":1}' | {} | true",
                "'{\"a\":[1,2]}' | '{\"a\":[2]}' | true",
                "'{\"a\":[1,2]}' | '{\"a\":2}' | false",
                "'{\"a\":{\"b\":{\"c\":1,\"d\":2}}}' | '{\"a\":{\"b\":{\"d\":2}}}' | true",
                "'{\"a\":{\"b\":1}}' | '{\"b\":1}' | false",
                "'[{\"a\":1},{\"b\":2}]' | '[{\"b\":2},{}]' | true",
                "'[{\"a\":1},{\"b\":2}]' | '[{\"a\":1,\"b\":2}]' | false",
                "'[[1,2],[3]]' | '[[2],[1]]' | true",
                "'[[1,2],[3]]' | '[[2,3]]' | false",
                "'{\"a\":1,\"a\":2}' | '{\"a\":1}' | false",
                "'{\"a\":1,\"a\":2}' | '{\"a\":1,\"a\":2}' | true",
                "'{\"a\":{\"b\":1},\"a\":3}' | '{\"a\":{\"b\":1}}' | false",
                "null | null | true",
                "[null] | null | true",
                "{} | '{\"a\":null}' | false",
                "'{\"k\":\"\\u0000\\ud800\"}' | '{\"k\":\"\\u0000\\uD800\"}' | true",
                "[1e1000000000] | [10e999999999] | true",
            })
    void contains(String container, String contained, boolean expected) {
        assertThat(JsonContainment.contains(Json.of(container), Json.of(contained)))
                .isEqualTo(expected);
    }

    /** Elements are those of an array at the top: what is true of a document alone is not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "1 | '[1.0,2,1]' | '{0, 2}'",
                "'[1,2]' | '[1,[2],[],[[]]]' | '{1, 2}'",
                "'{\"a\":1}' | '[{},{\"a\":1},{\"a\":2},[{}],1]' | '{0, 1}'",
                "null | '[null,[null],\"null\"]' | {0}",
                "[] | '[[],{}]' | {0}",
                "{} | [] | {}",
            })
    void findsElements(String message, String elements, String expected) {
        assertThat(JsonContainment.elementsIn(Json.of(message), Json.of(elements)))
                .hasToString(expected);
    }

    @Test
    void comparesTheDeepestDocuments() {
        Json deep = Json.of("[{\"a\":".repeat(256) + "1" + "}]".repeat(256));
        assertThat(JsonContainment.contains(deep, deep)).isTrue();
        assertThat(JsonContainment.contains(deep, Json.of(deep.text().replace("1", "2"))))
                .isFalse();
    }
}

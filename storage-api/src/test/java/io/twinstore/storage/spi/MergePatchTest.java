package io.twinstore.storage.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                // members are replaced, added, removed
                "'{\"color\":\"red\",\"size\":1e1}' | '{\"color\":\"blue\"}' | '{\"color\":\"blue\",\"size\":1e1}'",
                "'{\"a\":1}' | '{\"b\":2}' | '{\"a\":1,\"b\":2}'",
                "'{\"a\":1,\"b\":2}' | '{\"a\":null}' | '{\"b\":2}'",
                "'{\"a\":1}' | '{\"b\":null}' | '{\"a\":1}'",
                "'{\"a\":null}' | '{\"b\":1}' | '{\"a\":null,\"b\":1}'",
                "'{\"a\":1}' | '{}' | '{\"a\":1}'",
                // objects are merged, at any depth
                "'{\"a\":{\"x\":1,\"y\":2}}' | '{\"a\":{\"y\":null,\"z\":3}}' | '{\"a\":{\"x\":1,\"z\":3}}'",
                "'{\"a\":{\"x\":1}}' | '{\"a\":{\"x\":null}}' | '{\"a\":{}}'",
                // what is no object is replaced whole, arrays too
                "'{\"a\":[1,2]}' | '{\"a\":[3]}' | '{\"a\":[3]}'",
                "'{\"a\":{\"x\":1}}' | '{\"a\":[null]}' | '{\"a\":[null]}'",
                "'{\"a\":[{\"x\":1}]}' | '{\"a\":{\"y\":2}}' | '{\"a\":{\"y\":2}}'",
                "'[1,{\"a\":2}]' | '{\"b\":3}' | '{\"b\":3}'",
                "\"text\" | '{\"b\":3}' | '{\"b\":3}'",
                // a patch that is no object is the result, as written
                "'{\"a\":1}' | ' [ null ] ' | ' [ null ] '",
                "'{\"a\":1}' | null | null",
                "'{\"a\":1}' | \"x\" | \"x\"",
                // nulls in the patch never appear as members, but stay inside arrays
                "'{}' | '{\"a\":{\"b\":{\"c\":null}}}' | '{\"a\":{\"b\":{}}}'",
                "1 | '{\"a\":{\"b\":null,\"c\":[{\"d\":null}]}}' | '{\"a\":{\"c\":[{\"d\":null}]}}'",
                // the last of several members with one name counts; names compare unescaped
                "'{\"a\":1,\"a\":{\"x\":1}}' | '{\"a\":{\"y\":2}}' | '{\"a\":{\"x\":1,\"y\":2}}'",
                "'{\"a\":1}' | '{\"a\":2,\"a\":null}' | {}",
                "'{\"a\":1}' | '{\"\\u0061\":2}' | '{\"a\":2}'",
                // nothing that a message may hold is lost
                "'{\"k\":\"\\u0000\\ud800\",\"\\udc00\":1e400}' | '{\"z\":-0.0}' | "
                        + "'{\"k\":\"\\u0000\\ud800\",\"\\udc00\":1e400,\"z\":-0.0}'",
            })
    void merges(String target, String patch, String result) {
        assertThat(MergePatch.apply(Json.of(target), Json.of(patch)).text()).isEqualTo(result);
    }

    @Test
    void mergesTheDeepestDocuments() {
        String open = "{\"a\":".repeat(511);
        String close = "}".repeat(511);
        Json target = Json.of(open + "{\"x\":1}" + close);
        Json patch = Json.of(open + "{\"x\":null,\"y\":2}" + close);
        assertThat(MergePatch.apply(target, patch).text()).isEqualTo(open + "{\"y\":2}" + close);
    }
}

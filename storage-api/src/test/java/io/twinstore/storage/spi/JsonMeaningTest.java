package io.twinstore.storage.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMeaningTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "1e2 | 100",
                "100.00 | 1E+2",
                "10e1 | 0.1e3",
                "-0.0 | 0",
                "0e999999999999 | 0",
                "1.10 | 1.1",
                "-5e-3 | -0.005",
                "1e1000000000 | 10e999999999",
                "0.01e1000000000000000000000 | 1e999999999999999999998",
                "100e-1000000000000000000000 | 1e-999999999999999999998",
                "1e00000000000000000000000001 | 10",
                "'[1, 2]' | [1,2.0]",
                "'{\"a\":1,\"b\":[ ]}' | '{\"b\":[],\"a\":1}'",
                "'{\"a\":1,\"a\":2}' | '{\"a\":2}'",
                "'{\"a\":{\"x\":1},\"a\":{}}' | '{\"a\":{}}'",
                "'{\"\\u0061\":\"\\/\\u00e9\"}' | '{\"a\":\"/é\"}'",
                "\"\\ud83d\\ude00\" | \"😀\"",
                "\"\\uD800\" | \"\\ud800\"",
            })
    void same(String left, String right) {
        assertThat(Json.of(left).sameMeaning(Json.of(right))).isTrue();
        assertThat(Json.of(right).sameMeaning(Json.of(left))).isTrue();
        assertThat(JsonMeaning.digest(Json.of(left)))
                .hasSize(32)
                .isEqualTo(JsonMeaning.digest(Json.of(right)));
        assertThat(
                        Json.of("{\"k\":[" + left + "]}")
                                .sameMeaning(Json.of("{\"k\":[" + right + "]}")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "1 | -1",
                "1 | 10",
                "1e1000000000 | 1e1000000001",
                "1e99999999999999999999 | 1e-99999999999999999999",
                "1e99999999999999999999 | 1e99999999999999999998",
                "123456789012345678901234567890 | 123456789012345678901234567891",
                "0.1 | 0.10000000000000000000001",
                "0 | null",
                "0 | false",
                "0 | \"0\"",
                "true | false",
                "null | \"null\"",
                "[] | {}",
                "[] | [[]]",
                "[] | null",
                "'[1,2]' | '[2,1]'",
                "'[1,1]' | [1]",
                "'[[1],2]' | '[[1,2]]'",
                "'[\"a\",\"b\"]' | [\"ab\"]",
                "'[12,3]' | '[1,23]'",
                "'{\"a\":1,\"a\":2}' | '{\"a\":1}'",
                "'{\"a\":1}' | '{\"a\":1,\"b\":null}'",
                "'{\"a\":\"b\"}' | '[\"a\",\"b\"]'",
                "'{\"a\":1,\"b\":2}' | '{\"a\":2,\"b\":1}'",
                "\"é\" | \"e\u0301\"",
                "\"\\ud800\" | \"\\ud801\"",
                "\"\\ud800\" | \"?\"",
                "\"\\u0000\" | \"\"",
                "\"\\u0000\" | \"0\"",
                "\"a\" | \"A\"",
            })
    void different(String left, String right) {
        assertThat(Json.of(left).sameMeaning(Json.of(right))).isFalse();
        assertThat(
                        Json.of("[{\"k\":" + left + "}]")
                                .sameMeaning(Json.of("[{\"k\":" + right + "}]")))
                .isFalse();
    }

    @Test
    void numbersOfAnyLengthAreComparedWithoutExpandingThem() {
        String digits = "7".repeat(400);
        assertThat(Json.of(digits + ".0").sameMeaning(Json.of("0." + digits + "e400"))).isTrue();
        assertThat(Json.of(digits).sameMeaning(Json.of(digits.replaceFirst("7", "8")))).isFalse();

        String million = "3".repeat(1_000_000);
        Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> {
                    assertThat(
                                    Json.of(million + "e" + million)
                                            .sameMeaning(Json.of(million + ".0E+" + million)))
                            .isTrue();
                    assertThat(
                                    Json.of("1e" + million)
                                            .sameMeaning(
                                                    Json.of("1e" + million.replaceFirst("3", "4"))))
                            .isFalse();
                });
    }

    @Test
    void theFormOfDigestsIsFixedBecauseAdaptersStoreThem() {
        Json json = Json.of("{\"b\":[null,true,false,-1.50,\"é\"],\"a\":{}}");
        assertThat(HexFormat.of().formatHex(JsonMeaning.digest(json)))
                .isEqualTo("0c93cc7d75413b11075f6c419c5d54f2bc1041785c72053ed5b941abbfc138ce");
    }

    @Test
    void theDeepestDocumentsHaveADigest() {
        String deep = "{\"a\":".repeat(511) + "[]" + "}".repeat(511);
        assertThat(Json.of(deep).sameMeaning(Json.of(deep + " "))).isTrue();
        assertThat(Json.of(deep).sameMeaning(Json.of(deep.replace("[]", "{}")))).isFalse();
    }
}

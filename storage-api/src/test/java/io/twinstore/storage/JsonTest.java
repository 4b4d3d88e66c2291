package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void keepsItsTextAndComparesByIt() {
        String text = " {\"a\": 1e2,\"a\":\"\\u0000\\ud800\"} ";
        assertThat(Json.of(text))
                .isEqualTo(Json.of(text))
                .hasSameHashCodeAs(Json.of(text))
                .hasToString(text);
        assertThat(Json.of("100")).isNotEqualTo(Json.of("1e2"));
        assertThat(Json.emptyObject().text()).isEqualTo("{}");
        assertThat(Json.emptyArray().text()).isEqualTo("[]");
        assertThat(Json.string("a\"\u0001é😀/").text()).isEqualTo("\"a\\\"\\u0001é😀/\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " {} | OBJECT",
                "[] | ARRAY",
                "\"x\" | STRING",
                "-1 | NUMBER",
                "0 | NUMBER",
                "true | BOOLEAN",
                "false | BOOLEAN",
                "null | NULL"
            })
    void knowsItsKind(String text, JsonKind kind) {
        assertThat(Json.of("\n\t" + text).kind()).isEqualTo(kind);
    }

    @Test
    void writesJavaValues() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("z", null);
        map.put("a\n", Arrays.asList(1, 2L, (short) 3, (byte) 4, 0.5, 0.25f, true, null));
        map.put(
                "big",
                List.of(
                        new BigInteger("9".repeat(40)),
                        new BigDecimal("1E+2"),
                        new BigDecimal("1.10")));
        map.put("json", Json.of("{\"k\" : 1e3}"));
        map.put("none", Map.of());
        assertThat(Json.from(map).text())
                .isEqualTo(
                        "{\"z\":null,\"a\\n\":[1,2,3,4,0.5,0.25,true,null],\"big\":["
                                + "9".repeat(40)
                                + ",1E+2,1.10],\"json\":{\"k\" : 1e3},\"none\":{}}");
        assertThat(Json.from(null).text()).isEqualTo("null");
        assertThat(Json.from(1e300).text()).isEqualTo("1.0E300");
    }

    @Test
    void refusesJavaValuesThatAreNoJsonAndSaysWhere() {
        assertRefused(Double.NaN, "finite");
        assertRefused(List.of(Map.of("a/b~", Double.NEGATIVE_INFINITY)), "at \"/0/a~1b~0\"");
        assertRefused(Float.POSITIVE_INFINITY, "finite");
        assertRefused(List.of("ok", "\ud800"), "UTF-8 cannot carry; at \"/1\"");
        assertRefused(Map.of("\udc00", 1), "UTF-8 cannot carry");
        assertRefused(Map.of(1, 2), "string keys");
        assertRefused(new TreeSet<>(), "java.util.TreeSet");
        assertRefused('c', "java.lang.Character");
        assertRefused(new java.util.concurrent.atomic.AtomicInteger(1), "AtomicInteger");
    }

    @Test
    void refusesJavaValuesThatAreTooDeepEvenThroughThemselves() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        assertRefused(self, "nested at most 512 deep");

        Object deepest = List.of();
        for (int depth = 1; depth < Json.MAX_DEPTH; depth++) {
            deepest = List.of(deepest);
        }
        assertThat(Json.from(deepest).text()).hasSize(1024);
        assertRefused(List.of(deepest), "nested at most 512 deep");
        assertRefused(List.of(Json.from(deepest)), "nested at most 512 deep");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "/a | 'last '",
                "/b/0 | 1e2",
                "/b/1 | ' '",
                "/b/2/x | -0.0",
                "/b/2 | '{ \"x\" : -0.0 }'",
                "/b | '[1e2, \" \",{ \"x\" : -0.0 }]'",
                "/ | 3",
                "/~0~1 | 4",
                "/~01 | 5",
                "/é\" | 6",
                "/esc/0 | 7",
            })
    void findsTheExactSourceTextAtAPointer(String pointer, String found) {
        Json json =
                Json.of(
                        "{\"a\":\"first\", \"a\" :\"last \" ,\"b\": [1e2, \" \",{ \"x\" : -0.0 }]  , \"\":3,"
                                + "\"~/\":4, \"~1\":5, \"\\u00e9\\\"\":6,\"esc\":[7]}");
        String expected = found.equals("last ") || found.equals(" ") ? "\"" + found + "\"" : found;
        assertThat(json.at(pointer))
                .hasValueSatisfying(
                        value -> {
                            assertThat(value.text()).isEqualTo(expected);
                            assertThat(value.utf8Length()).isEqualTo(expected.length());
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x",
                "/a/0",
                "/b/2",
                "/b/01",
                "/b/-",
                "/b/-1",
                "/b/",
                "/b/99999999999",
                "/b/0/0",
                "/d/x"
            })
    void findsNothingWhereThereIsNothing(String pointer) {
        Json json = Json.of("{\"a\":1,\"b\":[2,3],\"d\":{\"x\":1},\"d\":{}}");
        assertThat(json.at(pointer)).isEmpty();
    }

    @Test
    void pointersReachTheWholeAndTheDeepestValue() {
        Json deep = Json.of("[".repeat(512) + "]".repeat(512));
        assertThat(deep.at("")).containsSame(deep);
        assertThat(deep.at("/0".repeat(511))).hasValue(Json.emptyArray());
        assertThat(deep.at("/0".repeat(512))).isEmpty();
        assertThat(Json.of("[\"é😀\"]").at("/0"))
                .hasValueSatisfying(value -> assertThat(value.utf8Length()).isEqualTo(8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "#/a", "/~", "/a~2", "/~/b", " "})
    void refusesPointersThatAreNone(String pointer) {
        assertThatThrownBy(() -> Json.emptyObject().at(pointer))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("RFC 6901");
    }

    @Test
    void readsIntoJavaValues() {
        Object java =
                Json.of(
                                "{\"b\":[1.10,-0.0,1e2,true,false,null],\"a\":\"\\u0000\\ud800\\/\",\"b\":[2]}")
                        .toJava();
        Map<String, @Nullable Object> expected = new LinkedHashMap<>();
        expected.put("b", List.of(new BigDecimal("2")));
        expected.put("a", "\0\ud800/");
        assertThat(java).isEqualTo(expected);
        assertThat(Json.of("null").toJava()).isNull();
        assertThat(Json.of(" 1.10 ").toJava()).isEqualTo(new BigDecimal("1.10"));
        assertThat(Json.of("[".repeat(512) + "]".repeat(512)).toJava())
                .isInstanceOf(ArrayList.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "-%s",
                "%s.50",
                "-0.0%s",
                "%se-7",
                "%s.%sE+0000000000000000021",
                "1e-0%s"
            })
    void readsLongNumbersExactly(String form) {
        String digits = form.startsWith("1e") ? "0".repeat(3000) + "12" : "1234567890".repeat(330);
        String number = form.replace("%s", digits);
        assertThat(Json.of(number).toJava()).isEqualTo(new BigDecimal(number));
    }

    @Test
    void readsAMillionDigitsAndRefusesMore() {
        String million = "7".repeat(1_000_000);
        assertThat(Json.of(million).toJava())
                .isInstanceOfSatisfying(
                        BigDecimal.class,
                        read -> assertThat(read.precision()).isEqualTo(1_000_000));
        assertThatThrownBy(() -> Json.of(million + "7").toJava())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("at most 1000000 characters");
        assertThatThrownBy(() -> Json.of("7".repeat(2000) + "e2147483648").toJava())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("exponent");
        assertThatThrownBy(() -> Json.of("0." + "7".repeat(2000) + "e-2147483647").toJava())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("exponent");
    }

    @Test
    void refusesToReadANumberThatBigDecimalCannotHold() {
        Json json = Json.of("{\"a\":[0,1e1000000000000]}");
        assertThatThrownBy(json::toJava)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("exponent")
                .hasMessageContaining("1e1000000000000");
    }

    private static void assertRefused(Object value, String message) {
        assertThatThrownBy(() -> Json.from(value))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(message);
    }
}

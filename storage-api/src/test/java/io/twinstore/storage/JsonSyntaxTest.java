package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a document: each accepted text has a neighbour below that just misses. */
class JsonSyntaxTest {

    @ParameterizedTest
    @MethodSource("io.twinstore.storage.JsonCases#accepted")
    void acceptsAndKeeps(String text) {
        assertThat(Json.of(text).text()).isSameAs(text);
    }

    @ParameterizedTest
    @MethodSource("io.twinstore.storage.JsonCases#rejected")
    void rejects(String text) {
        assertThatThrownBy(() -> Json.of(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("json must be ")
                .hasMessageContaining("line ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"a\":%s}", "%s"})
    void allowsExactlyTheDepthAtEachKindOfPlace(String frame) {
        int frames = frame.equals("%s") ? 0 : 1;
        String deepest = frame.formatted(nested(Json.MAX_DEPTH - frames));
        String tooDeep = frame.formatted(nested(Json.MAX_DEPTH - frames + 1));

        assertThat(Json.of(deepest).text()).isEqualTo(deepest);
        assertThatThrownBy(() -> Json.of(tooDeep))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("nested at most 512 deep");
    }

    @Test
    void millionsOfOpeningBracketsAreRefusedAtTheBound() {
        assertThatThrownBy(() -> Json.of("[".repeat(5_000_000)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("nested at most 512 deep");
    }

    @Test
    void refusesOneByteMoreThanTheBound() {
        String most = '"' + "x".repeat(Json.MAX_BYTES - 2) + '"';
        assertThat(Json.of(most).utf8Length()).isEqualTo(Json.MAX_BYTES);

        assertThatThrownBy(() -> Json.of(most + " "))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("json must be at most 100000000 bytes of UTF-8.");
        String fewerCharactersButMoreBytes = '"' + "x".repeat(Json.MAX_BYTES - 4) + "€\"";
        assertThatThrownBy(() -> Json.of(fewerCharactersButMoreBytes))
                .hasMessage("json must be at most 100000000 bytes of UTF-8.");
    }

    @Test
    void countsBytesOfUtf8() {
        String text = "[\"aé€😀\", \"\\ud83d\\ude00\"]";
        assertThat(Json.of(text).utf8Length())
                .isEqualTo(text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }

    @Test
    void namesThePlaceAndShowsAtMostFortyCharacters() {
        String secret = "s".repeat(1000);
        String text = "{\n  \"a\": \"" + secret + "\",\n  \"b\": nil\n}";
        assertThatThrownBy(() -> Json.of(text))
                .hasMessageContaining("JSON as RFC 8259 defines it")
                .hasMessageContaining("line 3, column ")
                .hasMessageContaining("(offset ")
                .extracting(Throwable::getMessage)
                .satisfies(message -> assertThat(message).doesNotContain("s".repeat(41)));
    }

    @Test
    void saysWhatIsCommonlyWrong() {
        assertThatThrownBy(() -> Json.of("[1, NaN]")).hasMessageContaining("NaN and Infinity");
        assertThatThrownBy(() -> Json.of("\uFEFF{}")).hasMessageContaining("byte order mark");
        assertThatThrownBy(() -> Json.of(" \n ")).hasMessageContaining("no value");
        assertThatThrownBy(() -> Json.of("{\"a\":")).hasMessageContaining("ends too early");
        assertThatThrownBy(() -> Json.of("\"\ud800\"")).hasMessageContaining("unpaired surrogate");
    }

    private static String nested(int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append(i % 2 == 0 ? "[" : "{\"k\":");
        }
        text.append(depth == 0 ? "1" : depth % 2 == 1 ? "" : "1");
        for (int i = depth - 1; i >= 0; i--) {
            text.append(i % 2 == 0 ? "]" : "}");
        }
        return text.toString();
    }
}

package io.twinstore.storage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.InvalidValueException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextRulesTest {

    @Test
    void countsCodePointsNotCharacters() {
        String emoji = "😀".repeat(255);
        assertThat(TextRules.requireId("session.id", emoji)).isSameAs(emoji);
        assertThat(TextRules.require("name", "😀", 1, 1)).isEqualTo("😀");
        assertRefused("😀", 2, 4, "name must be 2 to 4 characters");
        assertRefused("😀".repeat(256), 1, 255, "name must be 1 to 255 characters");
    }

    @Test
    void allowsExactlyTheBounds() {
        assertThat(TextRules.require("name", "", 0, 1)).isEmpty();
        assertThat(TextRules.require("name", "ab", 2, 2)).isEqualTo("ab");
        assertRefused("a", 2, 2, "2 to 2 characters");
        assertRefused("abc", 2, 2, "2 to 2 characters");
        assertRefused("", 1, 255, "1 to 255 characters");
    }

    @Test
    void refusesNulAndUnpairedSurrogatesAndNamesTheOffset() {
        assertRefused("ab\0", 1, 255, "text without NUL; there is one at offset 2");
        assertRefused("a\ud800b", 1, 255, "unpaired surrogates; there is one at offset 1");
        assertRefused("\udc00\ud800", 1, 255, "offset 0");
        assertRefused("ok\ud83d", 1, 255, "offset 2");
        assertThat(TextRules.require("name", "\u0001\t\n\uFFFF\uFEFF é😀", 1, 255)).isNotNull();
    }

    @Test
    void countsBytesOfUtf8() {
        String text = "a\u0080\u07ff\u0800\uffff😀\0";
        assertThat(TextRules.utf8Length(text))
                .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static void assertRefused(String value, int min, int max, String message) {
        assertThatThrownBy(() -> TextRules.require("name", value, min, max))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(message);
    }
}

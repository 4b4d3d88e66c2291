package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void controlCharactersAreVisible() {
        assertThat(Printable.line("\u001b[31mred\u0007\u0000\r\n"))
                .isEqualTo("\\u001b[31mred\\u0007\\u0000\\u000d\\u000a");
        assertThat(Printable.line("\u009b2J \u007f")).isEqualTo("\\u009b2J \\u007f");
        assertThat(Printable.line("a\tb")).isEqualTo("a    b");
    }

    @Test
    void whatTurnsTheReadingDirectionIsVisible() {
        assertThat(Printable.line("a\u202eb\u2066c\u2028")).isEqualTo("a\\u202eb\\u2066c\\u2028");
    }

    @Test
    void loneSurrogatesAreVisibleAndEmojiStay() {
        assertThat(Printable.line("\ud800 \ud83d\ude00 é 漢")).isEqualTo("\\ud800 \ud83d\ude00 é 漢");
    }

    @Test
    void clipsWithoutCuttingACharacterInTwo() {
        assertThat(Printable.clipped("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Printable.clipped("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(Printable.clipped("\ud83d\ude00".repeat(9), 3))
                .isEqualTo("\ud83d\ude00\ud83d\ude00…");
        assertThat(Printable.clipped("x".repeat(1_000_000), 4)).isEqualTo("xxx…");
    }

    @Test
    void columnsAreFilledOrClipped() {
        assertThat(Printable.column("ab", 4)).isEqualTo("ab  ");
        assertThat(Printable.column("abcdef", 4)).isEqualTo("abc…");
    }

    @Test
    void jsonKeepsItsMeaning() {
        assertThat(Printable.json("{\"a\":\"\u009b\u007f\u202e é \ud83d\ude00\"}"))
                .isEqualTo("{\"a\":\"\\u009b\\u007f\\u202e é \ud83d\ude00\"}");
        assertThat(Printable.json("{\n\"a\":1}")).isEqualTo("{\n\"a\":1}");
    }
}

package io.twinstore.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.SearchLanguage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fast way through ASCII tells exactly the words that Lucene tells of the whole text. */
class FastPathTest {

    private static final int TEXTS = 20_000;

    /** What decides where a word ends, more often than in any text. */
    private static final List<String> PIECES =
            List.of(
                    "a",
                    "b",
                    "Z",
                    "0",
                    "7",
                    "word",
                    "Running",
                    "flies",
                    "1234",
                    "x1",
                    "'",
                    "'",
                    "’",
                    "‘",
                    "''",
                    "_",
                    "__",
                    ".",
                    ",",
                    ";",
                    ":",
                    "/",
                    "-",
                    "--",
                    "@",
                    "#",
                    "*",
                    "\"",
                    "“",
                    "”",
                    "–",
                    "—",
                    "…",
                    "‐",
                    "(",
                    ")",
                    "<",
                    "&",
                    "+",
                    "=",
                    "$",
                    "%",
                    "\\",
                    "|",
                    "~",
                    " ",
                    " ",
                    " ",
                    " ",
                    "\n",
                    "\t",
                    "\r\n",
                    "\0",
                    "\u0007",
                    "\u007f",
                    "\u00a0",
                    "\u00ad",
                    "\u0301",
                    "\u200b",
                    "\u200d",
                    "\u2060",
                    "\ufe0f",
                    "\ufeff",
                    "\u20e3",
                    "\u3000",
                    "é",
                    "ß",
                    "İ",
                    "ı",
                    "œ",
                    "ﬁ",
                    "Ａ",
                    "ａｂ",
                    "１２",
                    "，",
                    "．",
                    "＇",
                    "＿",
                    "·",
                    "・",
                    "ー",
                    "猫",
                    "黒",
                    "東京",
                    "か",
                    "カ",
                    "ｶﾞ",
                    "한",
                    "국어",
                    "\u1112\u1161\u11ab",
                    "ไทย",
                    "ภาษา",
                    "שלום",
                    "״",
                    "عرب",
                    "привет",
                    "Ёж",
                    "Σίσυφος",
                    "हिन्दी",
                    "👍",
                    "👩\u200d💻",
                    "🇬🇧",
                    "1️⃣",
                    "\ud83d",
                    "\udc4d",
                    "\ue000",
                    "½",
                    "²",
                    "™",
                    "®",
                    "→",
                    "✓",
                    "𝒳",
                    "𠮷",
                    "ﷺ",
                    "̈");

    @ParameterizedTest
    @EnumSource(SearchLanguage.class)
    void tellsWhatLuceneTellsOfGeneratedTexts(SearchLanguage language) {
        Random random = new Random(20261126);
        Words words = new Words(language);
        for (int i = 0; i < TEXTS; i++) {
            String text = generated(random);
            assertThat(fast(words, text)).as(text).isEqualTo(slow(words, text));
        }
    }

    @ParameterizedTest
    @EnumSource(SearchLanguage.class)
    void tellsWhatLuceneTellsOfLongWords(SearchLanguage language) {
        Words words = new Words(language);
        for (int length : new int[] {254, 255, 256, 257, 4_095, 4_096, 4_097, 5_000, 12_400}) {
            for (String text :
                    List.of(
                            "a " + "b".repeat(length) + " c",
                            "b".repeat(length) + "'s d",
                            "b'".repeat(length / 2) + "b c",
                            "a " + "7".repeat(length - 1) + "x, y")) {
                assertThat(fast(words, text)).as("%d", length).isEqualTo(slow(words, text));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SearchLanguage.class)
    void tellsWhatLuceneTellsOfWhatAgentsWrite(SearchLanguage language) {
        Words words = new Words(language);
        for (String text : Texts.REAL) {
            assertThat(fast(words, text)).isEqualTo(slow(words, text)).isNotEmpty();
        }
    }

    private static String generated(Random random) {
        StringBuilder text = new StringBuilder();
        boolean ascii = random.nextInt(3) == 0;
        int pieces = 1 + random.nextInt(24);
        while (pieces-- > 0) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            text.append(ascii && piece.charAt(0) >= 0x80 ? "ab" : piece);
        }
        return text.toString();
    }

    private static List<String> fast(Words words, String text) {
        ToldWords told = new ToldWords();
        words.read(text, 0, text.length(), told);
        return told.all();
    }

    private static List<String> slow(Words words, String text) {
        ToldWords told = new ToldWords();
        words.readSlowly(text, 0, text.length(), told);
        return told.all();
    }
}

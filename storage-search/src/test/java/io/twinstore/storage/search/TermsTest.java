package io.twinstore.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.SearchLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which terms a text has, in each language. */
class TermsTest {

    private static final String BOUNDARY = IndexedChunk.BOUNDARY;

    private static final SearchTerms ENGLISH = SearchTerms.of(SearchLanguage.ENGLISH);
    private static final SearchTerms NEUTRAL = SearchTerms.of(SearchLanguage.NEUTRAL);

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '\1',
            value = {
                "Running runs runner ¦ run run runner ¦ running runs runner",
                "the user's ¦ the user ¦ the user s",
                "THE CAFÉ ¦ the cafe ¦ the cafe",
                "cafe\u0301 caf\u00e9 ¦ cafe cafe ¦ cafe cafe",
                "straße Łódź œuvre ¦ strass lodz oeuvr ¦ strasse lodz oeuvre",
                "ﬁne ｗｉｄｅ １２ ¦ fine wide 12 ¦ fine wide 12",
                "src/app/fields.py ¦ src app field py ¦ src app fields py",
                "a_b.c:d,e;f-g@h#i ¦ a b c d e f g h i ¦ a b c d e f g h i",
                "1,000.50 2026-11-26T10:20 ¦ 1 000 50 2026 11 26t10 20 ¦ 1 000 50 2026 11 26t10 20",
                "[1,2,3] ¦ 1 2 3 ¦ 1 2 3",
                "getUserName x1y2 ¦ getusernam x1y2 ¦ getusername x1y2",
                "Σίσυφος Ёж ¦ σίσυφοσ ёж ¦ σίσυφοσ ёж",
                "猫 ¦ 猫 ¦ 猫",
                "黒猫 ¦ 黒猫 猫 ¦ 黒猫 猫",
                "黒猫が好き ¦ 黒猫 猫が が好 好き き ¦ 黒猫 猫が が好 好き き",
                "東京タワー ¦ 東京 京タ タワ ワー ー ¦ 東京 京タ タワ ワー ー",
                "ｶﾞｷﾞ ¦ ガギ ギ ¦ ガギ ギ",
                "か\u3099き ¦ がき き ¦ がき き",
                "한국어 \u1112\u1161\u11ab ¦ 한국 국어 어 한 ¦ 한국 국어 어 한",
                "python入門v2 ¦ python 入門 門 v2 ¦ python 入門 門 v2",
            })
    void areWhatIsSearched(String text, String english, String neutral) {
        assertThat(terms(ENGLISH, text)).isEqualTo(english);
        assertThat(terms(NEUTRAL, text)).isEqualTo(neutral);
    }

    @Test
    void keepAnApostropheInEnglishAlone() {
        assertThat(terms(ENGLISH, "don't don’t")).isEqualTo("don\uE800\uE927t don\uE800\uE927t");
        assertThat(terms(NEUTRAL, "l'été don’t")).isEqualTo("l ete don t");
    }

    @Test
    void holdEmojiWithoutWhatOnlyFormats() {
        String thumb = new String(Character.toChars(0x1F44D));
        String encoded = "" + (char) (0xD83D + 0x800) + (char) (0xDC4D + 0x800);
        assertThat(terms(NEUTRAL, "ok" + thumb + " " + thumb + "\ufe0f"))
                .isEqualTo("ok " + encoded + " " + encoded);
    }

    @Test
    void comeFromEveryStringValueAndFromNoName() {
        IndexedMessage message =
                ENGLISH.index(
                        Json.of(
                                """
                                {"role":"tool","n":12,"ok":true,"none":null,"empty":"","dots":"...",
                                 "content":[{"type":"text","text":"one two"},"three\\nfour"]}\
                                """));
        assertThat(message.tokens()).isEqualTo(6);
        assertThat(message.chunks()).hasSize(1);
        assertThat(message.chunks().get(0).terms())
                .containsExactly(
                        "tool", BOUNDARY, "text", BOUNDARY, "one", "two", BOUNDARY, "three",
                        "four");
    }

    @Test
    void areNoneWhereThereIsNoText() {
        for (String body : List.of("{}", "[]", "12", "\"\"", "{\"a\":\"...\"}", "\"\\u0000\"")) {
            assertThat(NEUTRAL.index(Json.of(body)).tokens()).isZero();
            assertThat(terms(NEUTRAL.index(Json.of(body)))).isEmpty();
        }
    }

    @Test
    void comeFromTextThatNoDatabaseTakes() {
        assertThat(terms(NEUTRAL.index(Json.of("\"nul\\u0000here \\ud800lone \\udc00\\ud800x\""))))
                .isEqualTo("nul here lone x");
    }

    @Test
    void leaveAGapForAWordThatIsTooLong() {
        for (SearchTerms language : List.of(ENGLISH, NEUTRAL)) {
            assertThat(terms(language, "a " + "x".repeat(5_000) + " b"))
                    .isEqualTo("a " + BOUNDARY + " b");
            assertThat(terms(language, "a " + "é".repeat(256) + " b"))
                    .isEqualTo("a " + BOUNDARY + " b");
            assertThat(terms(language, "a " + "x".repeat(5_000))).isEqualTo("a");
        }
        assertThat(terms(NEUTRAL, "x".repeat(255))).hasSize(255);
    }

    /** Whatever a text holds, its terms need no escaping and fit into a lexeme. */
    @Test
    void consistOfCharactersThatPassEverywhere() {
        Words words = new Words(SearchLanguage.ENGLISH);
        StringBuilder text = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            text.append('a').appendCodePoint(c).append(' ').appendCodePoint(c).append(' ');
        }
        List<Term> terms = new ArrayList<>();
        words.read(text.toString(), 0, text.length(), new Collected(terms));
        assertThat(terms)
                .hasSizeGreaterThan(Character.MAX_CODE_POINT)
                .allSatisfy(term -> assertThat(term.text()).matches(PASSES));
    }

    private static final String PASSES =
            "[0-9a-z\\u00df-\\u024f\\u03ac-\\u03ce\\u0430-\\u045f\\u05d0-\\u05ea"
                    + "\\u0621-\\u063a\\u0641-\\u064a\\u3041-\\u3096\\u30a1-\\u30fe"
                    + "\\u4e00-\\u9fa5\\uac00-\\ud7a3\\ue000-\\ue9ff]+";

    private record Collected(List<Term> terms) implements WordSink {

        @Override
        public void word(Term term, int start, int end) {
            terms.add(term);
        }

        @Override
        public void gap() {}
    }

    @Test
    void markHowOftenAWordOccursAndWhatItIsUnstemmed() {
        IndexedMessage message =
                ENGLISH.index(
                        Json.string(
                                "one two two three three three "
                                        + "four ".repeat(4)
                                        + "seven ".repeat(7)
                                        + "nine ".repeat(9)
                                        + "flies"));
        IndexedChunk chunk = message.chunks().get(0);
        assertThat(chunk.frequencies())
                .isEqualTo(Map.of("two", 2, "three", 2, "four", 4, "seven", 4, "nine", 8));
        assertThat(chunk.marks())
                .filteredOn(mark -> mark.charAt(0) == Marks.RAW)
                .containsExactly(Marks.RAW + "flies");
    }

    private static String terms(SearchTerms language, String text) {
        return terms(language.index(Json.string(text)));
    }

    private static String terms(IndexedMessage message) {
        return message.chunks().stream()
                .flatMap(chunk -> chunk.terms().stream())
                .collect(Collectors.joining(" "));
    }
}

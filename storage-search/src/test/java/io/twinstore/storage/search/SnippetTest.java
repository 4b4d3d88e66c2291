package io.twinstore.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.SearchLanguage;
import io.twinstore.storage.Snippet;
import io.twinstore.storage.Snippet.Highlight;
import io.twinstore.storage.spi.TextRules;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which part of a message is shown, and what in it is emphasised. */
class SnippetTest {

    private static final SearchTerms TERMS = SearchTerms.of(SearchLanguage.ENGLISH);

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\1',
            value = {
                "run # He was running and RUNS. # He was [running] and [RUNS].",
                "runn* # He was running and runs. # He was [running] and runs.",
                "cat -dog # A cat, a bird # A [cat], a bird",
                "\"big dog\" dogs # A big dog # A [big dog]",
                "\"a b\" \"b c\" # x a b c d # x [a b c] d",
                "fields.py # in src/app/fields.py: 3 # in src/app/[fields.py]: 3",
                "cafe # Le CAFÉ fermé # Le [CAFÉ] fermé",
                "user # the user’s name # the [user’s] name",
                "猫 # 私の黒猫が好き # 私の黒[猫]が好き",
                "黒猫が # 私の黒猫が好き # 私の[黒猫が]好き",
                "黒猫 猫が # 私の黒猫が好き # 私の[黒猫が]好き",
                "\"v2 猫\" # v2 猫が # [v2 猫]が",
            })
    void emphasisesWhatWasFound(String query, String text, String shown) {
        Json body = Json.from(Map.of("content", text));
        assertThat(marked(TERMS.snippet(body, TERMS.query(query)))).isEqualTo(shown);
    }

    @Test
    void showsTheValueInWhichMostWasFound() {
        Json body =
                Json.of("[\"cat\",\"nothing\",\"a dog and a cat\",\"dog cat cat\",\"cat dog\"]");
        assertThat(marked(TERMS.snippet(body, TERMS.query("cat dog"))))
                .isEqualTo("[dog] [cat] [cat]");
    }

    @Test
    void showsThePartInWhichMostWasFound() {
        String text =
                "cat "
                        + "filler words ".repeat(40)
                        + "here is the dog with the cat; "
                        + "more words ".repeat(40)
                        + "dog";
        String shown = marked(TERMS.snippet(Json.string(text), TERMS.query("cat dog")));
        assertThat(shown).contains("the [dog] with the [cat]; more").startsWith("…").endsWith("…");
        assertThat(shown.length()).isBetween(170, SnippetWindow.LENGTH + 6);
        assertThat(shown.substring(1, shown.length() - 1)).matches("(words|filler) .*\\w");
    }

    @Test
    void showsTheBeginningWhereNothingWasFound() {
        Json body = Json.of("[\"\",\"first\",\"second\"]");
        assertThat(TERMS.snippet(body, TERMS.query("cat")))
                .isEqualTo(new Snippet("first", List.of()));
        assertThat(TERMS.snippet(Json.of("12"), TERMS.query("cat")))
                .isEqualTo(new Snippet("", List.of()));
    }

    @Test
    void showsControlCharactersAsSpacesAndHalfCharactersAsReplaced() {
        Json body = Json.of("\"a\\ncat\\u0000\\ud800 \\u001bdog\"");
        assertThat(TERMS.snippet(body, TERMS.query("cat")))
                .isEqualTo(new Snippet("a cat \ufffd  dog", List.of(new Highlight(2, 5))));
    }

    @Test
    void cutsNoCharacterInTwo() {
        String face = "\uD83D\uDE00";
        for (int before = 0; before < 4; before++) {
            String text = "x".repeat(before) + face.repeat(150) + " cat " + face.repeat(150);
            Snippet snippet = TERMS.snippet(Json.string(text), TERMS.query("cat"));
            assertThat(snippet.text()).doesNotContain("\ufffd").contains(" cat ");
            assertThat(TextRules.unpairedSurrogateIn(snippet.text())).isEqualTo(-1);
        }
    }

    @Test
    void keepsWithinItsLengthWhateverWasFound() {
        String words = ("x".repeat(250) + " ").repeat(3);
        Snippet snippet =
                TERMS.snippet(Json.string(words), TERMS.query("\"" + words.strip() + "\""));
        assertThat(snippet.text().length()).isLessThanOrEqualTo(SnippetWindow.LENGTH + 2);
        assertThat(snippet.highlights()).hasSize(1);
    }

    @Test
    void findsItsPlaceInTenMegabytes() {
        Json body =
                Json.of(
                        "{\"a\":\""
                                + "hay ".repeat(2_500_000)
                                + "needle"
                                + " hay".repeat(9)
                                + "\"}");
        Snippet snippet = TERMS.snippet(body, TERMS.query("needle"));
        assertThat(marked(snippet)).contains("hay [needle] hay");
        assertThat(TERMS.snippet(body, TERMS.query("hay")).highlights()).hasSizeGreaterThan(20);
    }

    /** Whatever is found: highlights are in order, apart from each other, and inside the text. */
    @Test
    void keepsHighlightsInOrderAndInside() {
        Random random = new Random(7);
        List<String> some = List.of("cat", "cats", "dog", "big", "猫", "黒猫", "\n", "x".repeat(90));
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int words = random.nextInt(60); words >= 0; words--) {
                text.append(some.get(random.nextInt(some.size())));
                text.append(random.nextBoolean() ? " " : "");
            }
            Snippet snippet =
                    TERMS.snippet(
                            Json.string(text.toString()),
                            TERMS.query("cat OR \"big cat\" OR do* OR 猫 OR \"dog big cat\" OR 黒猫"));
            int behind = 0;
            for (Highlight highlight : snippet.highlights()) {
                assertThat(highlight.start()).isGreaterThanOrEqualTo(behind);
                assertThat(highlight.end()).isGreaterThan(highlight.start());
                behind = highlight.end();
            }
            assertThat(behind).isLessThanOrEqualTo(snippet.text().length());
            assertThat(snippet.text().length()).isLessThanOrEqualTo(SnippetWindow.LENGTH + 2);
        }
    }

    private static String marked(Snippet snippet) {
        StringBuilder shown = new StringBuilder(snippet.text());
        for (int i = snippet.highlights().size() - 1; i >= 0; i--) {
            Highlight highlight = snippet.highlights().get(i);
            shown.insert(highlight.end(), ']').insert(highlight.start(), '[');
        }
        return shown.toString();
    }
}

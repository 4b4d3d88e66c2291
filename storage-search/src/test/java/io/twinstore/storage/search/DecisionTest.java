package io.twinstore.storage.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinstore.storage.Json;
import io.twinstore.storage.SearchLanguage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query says of a message. */
class DecisionTest {

    private static final SearchTerms ENGLISH = SearchTerms.of(SearchLanguage.ENGLISH);
    private static final SearchTerms NEUTRAL = SearchTerms.of(SearchLanguage.NEUTRAL);

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\1',
            value = {
                "run # He was running # true",
                "running # He runs # true",
                "running # He ran # false",
                "runn* # He was running # true",
                "runn* # He runs # false",
                "running* # a run # false",
                "cat dog # a dog, a cat # true",
                "cat dog # a dog # false",
                "cat OR dog # a dog # true",
                "cat OR dog # a bird # false",
                "cat -dog # a cat # true",
                "cat -dog # a cat and a dog # false",
                "(cat OR dog) -(bird fish) # a cat and a bird # true",
                "(cat OR dog) -(bird fish) # a cat, a bird, a fish # false",
                "\"big dog\" # a big dog # true",
                "\"big dog\" # a dog, big # false",
                "\"big dog\" # a big bad dog # false",
                "\"big dogs\" # a big dog # true",
                "src/app # in src/app/fields.py # true",
                "app/src # in src/app/fields.py # false",
                "fields.py # in src/app/fields.py # true",
                "cafe # un café # true",
                "CAFÉ # un cafe # true",
                "user # the user's name # true",
                "猫 # 私の黒猫 # true",
                "猫 # 猫が好き # true",
                "猫 # 犬が好き # false",
                "黒猫が # 黒猫が好き # true",
                "黒猫が # 黒猫と猫が # false",
                "京都 # 東京都 # true",
                "東京 都庁 # 東京都庁 # true",
                "\"東京 都庁\" # 東京都庁 # false",
                "\"東京 都庁\" # 東京 都庁前 # true",
                "ガギ # ｶﾞｷﾞ # true",
            })
    void isWhatTheWordsSay(String query, String text, boolean found) {
        assertThat(ENGLISH.query(query).matches(ENGLISH.index(Json.string(text)))).isEqualTo(found);
    }

    @Test
    void scoresMoreForMoreWordsMoreOftenInLess() {
        SearchQuery query = NEUTRAL.query("cat OR dog -bird");
        assertThat(score(query, "cat dog")).isGreaterThan(score(query, "cat fish"));
        assertThat(score(query, "cat cat x")).isGreaterThan(score(query, "cat fish x"));
        assertThat(score(query, "cat")).isGreaterThan(score(query, "cat fish x"));
        assertThat(score(query, "cat ".repeat(8)))
                .isEqualTo(score(query, "cat ".repeat(7) + "Cat"));
    }

    /** BM25 with k1 1.2, b 0.5, a typical length of 100 and no weight of a word, in millionths. */
    @Test
    void scoresAsBm25Does() {
        SearchQuery query = NEUTRAL.query("cat");
        assertThat(query.score(Evidence.of(100, 1))).isEqualTo(1_000_000);
        assertThat(query.score(Evidence.of(100, 2))).isEqualTo(1_375_000);
        assertThat(query.score(Evidence.of(0, 1))).isEqualTo(1_375_000);
        assertThat((double) query.score(Evidence.of(300, 8)) / 1_000_000)
                .isEqualTo(8 * 2.2 / (8 + 1.2 * (0.5 + 0.5 * 3)), within(0.000_001));
        assertThat(query.score(Evidence.of(100, 0))).isZero();
    }

    @Test
    void scoresNothingForWhatIsExcluded() {
        SearchQuery query = NEUTRAL.query("cat -(dog -bird)");
        assertThat(query.score(Evidence.of(100, 1, 1, 1)))
                .isEqualTo(query.score(Evidence.of(100, 1, 0, 0)));
    }

    /** A database that has the terms and marks as a set answers as the message itself does. */
    @Test
    void isTheSameByWhatAnIndexHolds() {
        Random random = new Random(41);
        for (int i = 0; i < 2_000; i++) {
            SearchTerms terms = i % 2 == 0 ? ENGLISH : NEUTRAL;
            IndexedMessage message = terms.index(Json.string(text(random, 40)));
            SearchQuery query =
                    terms.query(text(random, 3) + " OR \"" + text(random, 2) + "\" ru*");
            Evidence known = SetIndex.of(message).evidence(query);
            assertThat(query.matches(known)).isEqualTo(query.matches(message));
            assertThat(query.score(known)).isEqualTo(query.score(message));
        }
    }

    private static String text(Random random, int words) {
        List<String> some = List.of("run", "running", "runs", "cat", "cats", "the", "flies", "猫");
        StringBuilder text = new StringBuilder("x");
        for (int i = 0; i < words; i++) {
            text.append(' ').append(some.get(random.nextInt(some.size())));
        }
        return text.toString();
    }

    private static long score(SearchQuery query, String text) {
        return query.score(NEUTRAL.index(Json.string(text)));
    }
}

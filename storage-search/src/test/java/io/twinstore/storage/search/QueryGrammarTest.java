package io.twinstore.storage.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.SearchLanguage;
import io.twinstore.storage.SearchSyntaxException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/search.md} says of the grammar. */
class QueryGrammarTest {

    private static final SearchTerms TERMS = SearchTerms.of(SearchLanguage.NEUTRAL);

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\1',
            value = {
                "cat # cat",
                "cat dog # (cat & dog)",
                "CAT  Dog # (cat & dog)",
                "cat AND dog # (cat & dog)",
                "cat and dog or bird # (cat & and & dog & or & bird)",
                "cat OR dog # (cat | dog)",
                "cat OR dog bird # (cat | (dog & bird))",
                "(cat OR dog) bird # ((cat | dog) & bird)",
                "cat -dog # (cat & !dog)",
                "-dog cat # (!dog & cat)",
                "cat -(dog OR bird) # (cat & !(dog | bird))",
                "cat -(dog -bird) # (cat & !(dog & !bird))",
                "cat -\"big dog\" -bir* # (cat & !\"big dog\" & !bir*)",
                "ca* # ca*",
                "\"big dog\" # \"big dog\"",
                "\"big\" # big",
                "“big dog” # \"big dog\"",
                "＂big dog＂ # \"big dog\"",
                "（cat OR dog）　bird # ((cat | dog) & bird)",
                "\"OR\" # or",
                "\"cat -dog (x)* OR\" # \"cat dog x or\"",
                "OR* # or*",
                "ORDER ANDROID # (order & android)",
                "foo-bar # \"foo bar\"",
                "src/app/fields.py # \"src app fields py\"",
                "snake_case # \"snake case\"",
                "1,000.5 # \"1 000 5\"",
                "c++ # c",
                "foo(bar) # (foo & bar)",
                "a\"b c\"d # (a & \"b c\" & d)",
                "猫 # 猫*",
                "黒猫 # 黒猫",
                "黒猫が # \"黒猫 猫が\"",
                "黒猫* # 黒猫",
                "\"黒猫 が\" # \"黒猫 猫 が*\"",
                "python入門 # \"python 入門\"",
                "v2猫 # \"v2 猫*\"",
            })
    void readsWhatItSays(String query, String expression) {
        assertThat(ShownExpression.of(TERMS.query(query).expression())).isEqualTo(expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\1',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "OR cat#0#before it",
                "AND cat#0#before it",
                "cat OR#4#behind it",
                "cat AND #4#behind it",
                "cat OR OR dog#4#behind it",
                "cat AND OR dog#4#behind it",
                "(cat OR) dog#5#behind it",
                "cat (OR dog)#5#before it",
                "cat -OR dog#5#before it",
                "(cat#0#not closed",
                "cat ((dog) bird#4#not closed",
                "cat (#4#not closed",
                "cat)#3#no parenthesis was opened",
                "cat ()#4#nothing between",
                "cat ( ) dog#4#nothing between",
                "\"cat#0#quote is not closed",
                "cat \"dog\" \"#10#quote is not closed",
                "\"big dog\"*#9#not a phrase",
                "(dog)*#5#not a phrase or a parenthesis",
                "*#0#end of a word",
                "cat *#4#end of a word",
                "c*t#1#end of a word",
                "cat**#3#end of a word",
                "foo-ba*#0#these are several",
                "-cat#0#nothing here to exclude from",
                "-cat -dog#0#nothing here to exclude from",
                "cat OR -dog#7#nothing here to exclude from",
                "cat -(-dog)#6#nothing here to exclude from",
                "cat - dog#4#right behind it",
                "cat -#4#right behind it",
                "cat --dog#4#right behind it",
                "(cat -)#5#right behind it",
                "cat ???#4#no letter and no digit",
                "\"...\"#1#no letter and no digit",
                "\"\"#1#no letter and no digit",
                "cat -?#5#no letter and no digit",
            })
    void pointsAtTheFault(String query, int position, String fault) {
        SearchSyntaxException thrown = refused(query);
        assertThat(thrown.fault()).contains(fault);
        assertThat(thrown.position()).isEqualTo(position);
    }

    @Test
    void wantsSomethingToLookFor() {
        assertThat(refused("")).satisfies(e -> assertThat(e.position()).isZero());
        assertThat(refused(" \n\u3000")).satisfies(e -> assertThat(e.position()).isEqualTo(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\ud800", "\udc00\ud800", "\0\"", "(\0)", "\u200b", "\ufe0f"})
    void takesNothingForAWordThatIsNone(String query) {
        refused(query);
    }

    @Test
    void holdsItsBounds() {
        String sixtyFour = words(QueryParser.MOST_LEAVES);
        assertThat(TERMS.query(sixtyFour).leaves()).hasSize(64);
        assertThat(refused(sixtyFour + " x").position()).isEqualTo(sixtyFour.length() + 1);

        String deep = "(".repeat(20) + "x" + ")".repeat(20);
        assertThat(TERMS.query(deep).leaves()).hasSize(1);
        assertThat(refused("(" + deep + ")").position()).isEqualTo(20);

        String long2000 = "x" + " ".repeat(1_998) + "y";
        assertThat(TERMS.query(long2000).leaves()).hasSize(2);
        assertThat(refused(long2000 + "y").position()).isEqualTo(2_000);

        String thirtyTwo = "\"" + words(32) + "\"";
        assertThat(TERMS.query(thirtyTwo).leaves()).hasSize(1);
        assertThat(refused("x \"" + words(33) + "\"").position()).isEqualTo(3);

        assertThat(TERMS.query("x".repeat(255)).leaves()).hasSize(1);
        assertThat(refused("a " + "x".repeat(256)).position()).isEqualTo(2);
    }

    @Test
    void listsEachLeafOnceInTheOrderOfTheText() {
        assertThat(TERMS.query("b a OR \"a b\" b -a b*").leaves())
                .map(ShownExpression::of)
                .containsExactly("b", "a", "\"a b\"", "b*");
    }

    @Test
    void stemsInEnglishAllButPrefixes() {
        SearchTerms english = SearchTerms.of(SearchLanguage.ENGLISH);
        assertThat(ShownExpression.of(english.query("Running flies").expression()))
                .isEqualTo("(run & fli)");
        assertThat(english.query("running*").leaves())
                .containsExactly(new Expression.Prefix(List.of("running", "\uF001running")));
        assertThat(english.query("utf8*").leaves())
                .containsExactly(new Expression.Prefix(List.of("utf8")));
    }

    @Test
    void showsThePlaceInTheMessage() {
        SearchSyntaxException thrown = refused("cats\nOR OR " + "dogs ".repeat(20));
        assertThat(thrown)
                .hasMessage(
                        "search.text is no query: OR needs something to look for behind it;"
                                + " at offset 5 of 111, where [^] stands:"
                                + " 'cats\\u000a[^]OR OR dogs dogs dogs dogs dogs…'");
        assertThat(thrown.code()).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(thrown.field()).isEqualTo("search.text");
        assertThat(thrown.length()).isEqualTo(111);
    }

    private static SearchSyntaxException refused(String query) {
        SearchSyntaxException thrown =
                catchThrowableOfType(SearchSyntaxException.class, () -> TERMS.query(query));
        assertThat(thrown).as("'%s' was taken for a query", query).isNotNull();
        return thrown;
    }

    private static String words(int count) {
        return IntStream.range(0, count).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }
}

package io.twinstore.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.SearchLanguage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The query by which an index finds the messages that may contain a document. */
class ContainingTest {

    private static final SearchTerms TERMS = SearchTerms.of(SearchLanguage.NEUTRAL);
    private static final Json MANY =
            Json.from(IntStream.rangeClosed(0, SearchTerms.MOST_SCALARS).boxed().toList());

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\1',
            value = {
                "{\"role\":\"tool\",\"n\":1.0} # {\"role\":\"tool\"} # true",
                "{\"role\":\"tool\",\"n\":1.0} # {\"n\":1,\"role\":\"tool\"} # true",
                "{\"role\":\"tool\",\"n\":1.0} # {\"n\":2,\"role\":\"tool\"} # false",
                "{\"role\":\"tool\",\"n\":1.0} # {\"role\":\"user\"} # false",
                "{\"text\":\"role tool\"} # {\"role\":\"tool\"} # false",
                "{\"n\":[1,null]} # {\"n\":[null]} # true",
                "[{\"id\":\"x\"}] # [{\"id\":\"x\"}] # true",
            })
    void matchesWhatMayContainIt(String body, String document, boolean may) {
        SearchQuery query = SearchTerms.containing(Json.of(document)).orElseThrow();
        IndexedMessage message = TERMS.index(Json.of(body));
        assertThat(query.matches(message)).isEqualTo(may);
        assertThat(query.matches(SetIndex.of(message).evidence(query))).isEqualTo(may);
    }

    @Test
    void asksForWhatTheFirstChunkHasAlone() {
        Json body = Json.of("{\"role\":\"tool\",\"x\":\"" + "many words ".repeat(5_000) + "\"}");
        IndexedMessage message = TERMS.index(body);
        assertThat(message.chunks()).hasSizeGreaterThan(1);
        String mark = Marks.scalar(-7076678437398865790L);
        assertThat(message.chunks().get(0).marks()).contains(mark);
        assertThat(message.chunks().get(1).marks()).doesNotContain(mark);
    }

    @Test
    void findsMessagesWithoutWords() {
        IndexedMessage message = TERMS.index(Json.of("{\"n\":[1,null]}"));
        assertThat(message.tokens()).isZero();
        assertThat(message.chunks()).hasSize(1);
        assertThat(message.chunks().get(0).terms()).isEmpty();
        assertThat(TERMS.index(Json.of("{\"n\":[]}")).chunks()).hasSize(1);
    }

    /** A message with too many scalars for marks is left to the matcher, as is a large document. */
    @Test
    void matchesWhatHasTooMany() {
        assertThat(TERMS.index(MANY).chunks().get(0).marks()).containsExactly(Marks.ANYTHING);
        SearchQuery query = SearchTerms.containing(Json.of("{\"a\":1}")).orElseThrow();
        assertThat(query.matches(TERMS.index(MANY))).isTrue();
        assertThat(SearchTerms.containing(MANY).orElseThrow().leaves()).hasSize(17);
    }

    @Test
    void asksForEachElement() {
        assertThat(SearchTerms.containingEach(Json.of("[{\"n\":1},{},[[1.0]],1]")))
                .extracting(query -> query.map(SearchQuery::leaves).map(List::size).orElse(0))
                .containsExactly(2, 0, 2, 2);
        SearchQuery inArrays = SearchTerms.containingEach(Json.of("[[[1]]]")).get(0).orElseThrow();
        assertThat(inArrays.matches(TERMS.index(Json.of("[[1.0]]")))).isTrue();
        assertThat(inArrays.matches(TERMS.index(Json.of("[[2]]")))).isFalse();
    }

    @Test
    void isNoneForADocumentWithoutScalars() {
        assertThat(SearchTerms.containing(Json.of("{\"a\":[],\"b\":{}}"))).isEmpty();
    }
}

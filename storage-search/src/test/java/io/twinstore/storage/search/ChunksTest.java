package io.twinstore.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.SearchLanguage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a long message is parted, so that each part is exact in every index. */
class ChunksTest {

    private static final SearchTerms TERMS = SearchTerms.of(SearchLanguage.NEUTRAL);

    @Test
    void areOneWhereTheMessageFits() {
        assertThat(TERMS.index(Json.string(words(0, 4_096))).chunks()).hasSize(1);
        assertThat(TERMS.index(Json.string("again ".repeat(255))).chunks()).hasSize(1);
    }

    @Test
    void endBeforeAPositionTooMany() {
        IndexedMessage message = TERMS.index(Json.string(words(0, 4_097)));
        assertThat(message.tokens()).isEqualTo(4_097);
        assertThat(message.chunks()).map(c -> c.terms().size()).containsExactly(4_096, 33);
        assertThat(message.chunks().get(1).terms()).startsWith("w4064").endsWith("w4096");
    }

    @Test
    void endBeforeATermTooMany() {
        IndexedMessage message = TERMS.index(Json.string("again ".repeat(256)));
        assertThat(message.chunks()).map(c -> c.terms().size()).containsExactly(255, 33);
        assertThat(message.tokens()).isEqualTo(256);
    }

    @Test
    void doNotCountBoundaries() {
        Json body = Json.from(IntStream.range(0, 1_000).mapToObj(i -> "w" + i).toList());
        IndexedMessage message = TERMS.index(body);
        assertThat(message.chunks()).hasSize(1);
        assertThat(message.chunks().get(0).terms()).hasSize(1_999);
        assertThat(message.tokens()).isEqualTo(1_000);
    }

    @Test
    void endBeforeTheirTermsAreTooLongForOneEntry() {
        String longWords =
                IntStream.range(0, 4_000)
                        .mapToObj(i -> "ğ".repeat(200) + i)
                        .collect(Collectors.joining(" "));
        assertThat(TERMS.index(Json.string("漢" + "ࢠ".repeat(5) + " " + longWords)).chunks())
                .allSatisfy(
                        chunk ->
                                assertThat(String.join("", chunk.terms()).length())
                                        .isLessThanOrEqualTo(SearchTerms.CHUNK_CHARACTERS))
                .hasSizeGreaterThan(9);
    }

    /** Wherever a phrase of the greatest length stands, one chunk holds all of it. */
    @Test
    void holdEveryPhraseWhole() {
        List<String> all = numbered(0, 9_000);
        IndexedMessage message = TERMS.index(Json.string(String.join(" ", all)));
        assertThat(message.chunks()).hasSize(3);
        for (int at = 0; at + 32 <= all.size(); at++) {
            List<String> phrase = all.subList(at, at + 32);
            assertThat(message.chunks())
                    .as("from %d", at)
                    .anyMatch(c -> Collections.indexOfSubList(c.terms(), phrase) >= 0);
        }
    }

    @Test
    void keepPhrasesWithinOneStringValue() {
        Json body = Json.from(List.of("one two", "three four", "...", "five"));
        assertThat(finds("\"one two\"", body)).isTrue();
        assertThat(finds("\"two three\"", body)).isFalse();
        assertThat(finds("\"four five\"", body)).isFalse();
        assertThat(finds("\"three four\"", body)).isTrue();
        assertThat(finds("\"a b\"", Json.string("a " + "x".repeat(256) + " b"))).isFalse();
        assertThat(finds("\"a b\"", Json.string("a ... b"))).isTrue();
    }

    /** How often a term occurs is known in each chunk that has it, of the whole message. */
    @Test
    void countOccurrencesInTheWholeMessage() {
        Json body = Json.string("rare " + words(0, 5_000) + " rare");
        IndexedMessage message = TERMS.index(body);
        assertThat(message.chunks())
                .hasSize(2)
                .allMatch(c -> c.frequencies().getOrDefault("rare", 1) == 2);
        assertThat(message.chunks()).noneMatch(c -> c.frequencies().containsKey("w4070"));
    }

    @Test
    void takeAMessageOfTenMegabytes() {
        Json body = Json.string("needle in a haystack of words, ".repeat(330_000) + "needle pin");
        IndexedMessage message = TERMS.index(body);
        assertThat(message.tokens()).isEqualTo(6 * 330_000 + 2);
        assertThat(TERMS.query("\"needle pin\" -pine").matches(message)).isTrue();
        assertThat(TERMS.query("\"pin needle\"").matches(message)).isFalse();
    }

    @Test
    void takeOneWordOfTenMegabytes() {
        Json body = Json.string("x".repeat(5_000_000) + "é".repeat(2_000_000) + " pin");
        assertThat(TERMS.index(body).chunks())
                .map(IndexedChunk::terms)
                .containsExactly(List.of("pin"));
    }

    private static boolean finds(String query, Json body) {
        return TERMS.query(query).matches(TERMS.index(body));
    }

    private static String words(int from, int to) {
        return String.join(" ", numbered(from, to));
    }

    private static List<String> numbered(int from, int to) {
        List<String> words = new ArrayList<>();
        for (int i = from; i < to; i++) {
            words.add("w" + i);
        }
        return words;
    }
}

package io.twinstore.storage.search;

import io.twinstore.storage.Json;
import io.twinstore.storage.SearchLanguage;
import io.twinstore.storage.SearchSyntaxException;
import io.twinstore.storage.Snippet;
import io.twinstore.storage.search.Expression.And;
import io.twinstore.storage.search.Expression.Or;
import io.twinstore.storage.search.Expression.Word;
import io.twinstore.storage.spi.ContainmentHashes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;

/**
 * Makes terms of messages and queries, alike for every database. Safe for use by many threads, and
 * the same for the same text at any time.
 */
public final class SearchTerms {

    /** How many characters a word may have that is searched; longer ones leave a gap. */
    public static final int LONGEST_WORD = 255;

    /** How many terms a phrase may have. */
    public static final int LONGEST_PHRASE = 32;

    /** How many positions of a chunk are those of the one before as well. */
    public static final int OVERLAP = 32;

    /** How many positions a chunk has at most: a {@code tsvector} is exact up to 16,383. */
    public static final int CHUNK_POSITIONS = 4_096;

    /** How often a chunk holds one term at most: a {@code tsvector} keeps 255 positions of it. */
    public static final int CHUNK_OCCURRENCES = 255;

    /** How many characters a chunk's terms have at most: a {@code tsvector} has less than 1 MB. */
    static final int CHUNK_CHARACTERS = 80_000;

    /** How many different scalars of a message are marked; one with more may contain anything. */
    static final int MOST_SCALARS = 1_024;

    /** How many scalars of a document are asked for; the matcher sees to the rest. */
    private static final int MOST_SCALARS_ASKED = 16;

    private static final SearchTerms ENGLISH = new SearchTerms(SearchLanguage.ENGLISH);
    private static final SearchTerms NEUTRAL = new SearchTerms(SearchLanguage.NEUTRAL);

    private final SearchLanguage language;

    /** Makers of words that are idle; each keeps its buffers and the terms it made last. */
    private final Queue<Words> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    private SearchTerms(SearchLanguage language) {
        this.language = language;
    }

    /** The terms of a language. */
    public static SearchTerms of(SearchLanguage language) {
        return language == SearchLanguage.ENGLISH ? ENGLISH : NEUTRAL;
    }

    /**
     * What an index holds of a message: the words of all its string values (names of members are
     * none), and marks for what {@link #containing} looks for.
     */
    public IndexedMessage index(Json body) {
        MessageTerms terms = new MessageTerms();
        with(
                words -> {
                    words.read(body, terms);
                    return terms;
                });
        return terms.indexed(scalars(body));
    }

    /** What an index holds of a message of which no terms can be made: it may contain anything. */
    public static IndexedMessage unreadable() {
        return new IndexedMessage(
                0, List.of(new IndexedChunk(List.of(), List.of(Marks.ANYTHING), Map.of())));
    }

    /**
     * What to look for in an index to find the messages that contain a document, in the sense of
     * {@link io.twinstore.storage.spi.JsonContainment}: every such message matches, and the matcher
     * decides on each that does. Empty where the document holds no scalar: then any message may
     * contain it. The score says nothing.
     */
    public static Optional<SearchQuery> containing(Json document) {
        return containing(ContainmentHashes.required(document), document);
    }

    /**
     * As {@link #containing}, of each element of an array, in its order: what finds the messages
     * for the sake of which a transcript contains it.
     */
    public static List<Optional<SearchQuery>> containingEach(Json elements) {
        return ContainmentHashes.requiredOfEach(elements).stream()
                .map(hashes -> containing(hashes, elements))
                .toList();
    }

    private static Optional<SearchQuery> containing(Set<Long> hashes, Json document) {
        List<Expression> scalars =
                hashes.stream()
                        .limit(MOST_SCALARS_ASKED)
                        .map(hash -> (Expression) new Word(Marks.scalar(hash)))
                        .toList();
        if (scalars.isEmpty()) {
            return Optional.empty();
        }
        Expression all = scalars.size() == 1 ? scalars.get(0) : new And(scalars);
        Expression either = new Or(List.of(all, new Word(Marks.ANYTHING)));
        return Optional.of(new SearchQuery(document.text(), either));
    }

    private static List<String> scalars(Json body) {
        return ContainmentHashes.of(body, MOST_SCALARS)
                .map(hashes -> hashes.stream().map(Marks::scalar).toList())
                .orElse(List.of(Marks.ANYTHING));
    }

    /**
     * Reads a query; {@code docs/search.md} has the grammar.
     *
     * @throws SearchSyntaxException if it is none, with the place
     */
    public SearchQuery query(String text) {
        return with(words -> new QueryParser(text, new QueryTerms(text, language, words)).parse());
    }

    /**
     * The part of a message that shows best what a query found in it, or the beginning of its first
     * text if it holds none of it.
     */
    public Snippet snippet(Json body, SearchQuery query) {
        SnippetSearch search = new SnippetSearch(query);
        with(
                words -> {
                    words.read(body, search);
                    return search;
                });
        return search.snippet();
    }

    private <T> T with(Function<Words, T> work) {
        Words words = idle.poll();
        if (words == null) {
            words = new Words(language);
        }
        try {
            return work.apply(words);
        } finally {
            idle.offer(words);
        }
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.Json;
import io.twinstore.storage.search.Expression;
import io.twinstore.storage.search.SearchQuery;
import io.twinstore.storage.search.SearchTerms;
import io.twinstore.storage.spi.JsonContainment;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a transcript must contain.
 *
 * @param elements an array
 * @param queries what finds the messages that may contain each of its elements
 * @param window which messages count
 */
record WantedElements(Json elements, List<Optional<SearchQuery>> queries, SearchWindow window) {

    static WantedElements of(Json elements, SearchWindow window) {
        return new WantedElements(elements, SearchTerms.containingEach(elements), window);
    }

    int count() {
        return queries.size();
    }

    /** Returns what a message that contains the element has in the index, or null for any. */
    @Nullable Expression expression(int element) {
        return queries.get(element).map(SearchQuery::expression).orElse(null);
    }

    /** Returns which of the elements a message contains. */
    BitSet in(MessageRow message) {
        return window.holds(EntryIds.micros(message.createdAt()))
                ? JsonContainment.elementsIn(message.body(), elements)
                : new BitSet();
    }
}

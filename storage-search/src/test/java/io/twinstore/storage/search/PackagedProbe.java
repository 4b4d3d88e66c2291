package io.twinstore.storage.search;

import io.twinstore.storage.Json;
import io.twinstore.storage.SearchLanguage;
import java.util.function.Supplier;

/** Uses all of the module; made by name, from whatever class path is looked at. */
public final class PackagedProbe implements Supplier<String> {

    @Override
    public String get() {
        StringBuilder out = new StringBuilder();
        for (SearchLanguage language : SearchLanguage.values()) {
            SearchTerms terms = SearchTerms.of(language);
            SearchQuery query = terms.query("run* OR \"東京都\" OR cafés -nothing");
            for (String text : Texts.REAL) {
                Json body = Json.string(text);
                IndexedMessage message = terms.index(body);
                out.append(message).append(query.score(message));
                out.append(terms.snippet(body, query)).append('\n');
            }
        }
        return out.toString();
    }
}

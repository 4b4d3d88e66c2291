package io.twinstore.storage.cli;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.Json;
import io.twinstore.storage.SearchHit;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Snippet;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of what a search found. */
final class SearchPage {

    private final Terminal terminal;
    private final Searched asked;
    private final SearchScope scope;

    SearchPage(Terminal terminal, Searched asked) {
        this.terminal = terminal;
        this.asked = asked;
        this.scope = asked.scope();
    }

    int run(boolean json) {
        try (Storage storage = Database.find(terminal)) {
            SearchResult result =
                    asked.acting().sessions(storage).search(asked.text(), scope, asked.request());
            if (json) {
                printJson(storage.info(), result);
            } else {
                print(storage.info(), result);
            }
        }
        return ExitCode.OK;
    }

    private void printJson(StorageInfo info, SearchResult result) {
        Map<String, @Nullable Object> fields = Database.fields(info);
        fields.put("hits", result.hits().stream().map(SearchPage::fields).toList());
        fields.put("capped", result.capped());
        fields.put("nextCursor", result.next().map(Cursor::token).orElse(null));
        terminal.out().println(Json.from(fields).text());
    }

    private static Map<String, @Nullable Object> fields(SearchHit hit) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("session", hit.sessionId().value());
        fields.put("sequence", hit.sequence());
        fields.put("role", hit.role());
        fields.put("createdAt", hit.createdAt().toString());
        fields.put("score", hit.score());
        fields.put("snippet", hit.snippet().text());
        fields.put(
                "highlights",
                hit.snippet().highlights().stream().map(h -> List.of(h.start(), h.end())).toList());
        return fields;
    }

    private void print(StorageInfo info, SearchResult result) {
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.opened(info);
        layout.line("");
        if (result.hits().isEmpty()) {
            layout.line(asked.request().cursor() == null ? "Nothing found." : "No more hits.");
        }
        for (SearchHit hit : result.hits()) {
            layout.line(
                    Searched.head(
                            layout, hit.sessionId(), hit.sequence(), hit.role(), hit.createdAt()));
            layout.line("  " + highlighted(layout.style(), hit.snippet()));
        }
        if (result.capped()) {
            layout.line("");
            layout.line(
                    String.format(
                            "More than %,d messages match: the newest of them were ranked.",
                            SessionStore.RANKED));
        }
        asked.showNext(layout, terminal, result.next());
        layout.line("");
    }

    private static String highlighted(Style style, Snippet snippet) {
        StringBuilder line = new StringBuilder();
        int end = 0;
        for (Snippet.Highlight highlight : snippet.highlights()) {
            line.append(Printable.line(snippet.text().substring(end, highlight.start())));
            end = highlight.end();
            line.append(
                    style.bold(Printable.line(snippet.text().substring(highlight.start(), end))));
        }
        return line.append(Printable.line(snippet.text().substring(end))).toString();
    }
}

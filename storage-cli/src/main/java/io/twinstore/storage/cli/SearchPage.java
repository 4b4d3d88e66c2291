package io.twinstore.storage.cli;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Cursor;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchHit;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Snippet;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.UserId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A page of what a search found. */
final class SearchPage {

    private final Terminal terminal;
    private final ActingFor acting;
    private final String text;
    private final Map<String, @Nullable String> options;
    private final SearchScope scope;
    private final PageRequest request;

    /**
     * @param options the options that limit the search, by name
     */
    SearchPage(
            Terminal terminal,
            ActingFor acting,
            String text,
            Map<String, @Nullable String> options,
            int limit,
            @Nullable String cursor) {
        this.terminal = terminal;
        this.acting = acting;
        this.text = text;
        this.options = new TreeMap<>(options);
        this.scope = scope(options);
        this.request = new Listing(terminal, limit, cursor).request();
    }

    private static SearchScope scope(Map<String, @Nullable String> options) {
        String user = options.get("--user");
        String session = options.get("--session");
        String config = options.get("--config");
        String status = options.get("--status");
        return new SearchScope(
                user == null ? null : UserId.of(user),
                session == null ? null : SessionId.of(session),
                config == null ? null : ConfigId.of(config),
                null,
                status == null ? null : SessionStatus.of(status),
                instant(options, "--since"),
                instant(options, "--until"));
    }

    private static @Nullable Instant instant(Map<String, @Nullable String> options, String name) {
        String value = options.get(name);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new InvalidValueException(name, "an instant as 2026-11-20T09:30:00Z", value);
        }
    }

    int run(boolean json) {
        try (Storage storage = Database.find(terminal)) {
            SearchResult result = acting.sessions(storage).search(text, scope, request);
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
            layout.line(request.cursor() == null ? "Nothing found." : "No more hits.");
        }
        for (SearchHit hit : result.hits()) {
            String role = hit.role() == null ? "-" : Printable.clipped(hit.role(), 24);
            layout.line(
                    layout.style().cyan(Printable.line(hit.sessionId().value()))
                            + "  "
                            + hit.sequence()
                            + "  "
                            + layout.style().role(role, role)
                            + "  "
                            + layout.style().dim(layout.moment(hit.createdAt())));
            layout.line("  " + highlighted(layout.style(), hit.snippet()));
        }
        if (result.capped()) {
            layout.line("");
            layout.line(
                    String.format(
                            "More than %,d messages match: the newest of them were ranked.",
                            SessionStore.RANKED));
        }
        result.next().ifPresent(next -> nextPage(layout, next));
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

    private void nextPage(Layout layout, Cursor next) {
        StringBuilder again = new StringBuilder(terminal.command()).append(" search ");
        again.append(quoted(text));
        options.forEach(
                (name, value) -> {
                    if (value != null) {
                        again.append(' ').append(name).append(' ').append(quoted(value));
                    }
                });
        layout.line("");
        layout.line(
                layout.style().dim("Next page: " + again + " --limit " + request.size())
                        + " --cursor "
                        + Printable.line(next.token()));
    }

    /** Quotes for the shell what is not plain. */
    private static String quoted(String value) {
        return value.matches("[\\w.:@/-]+")
                ? value
                : "'" + Printable.line(value).replace("'", "'\\''") + "'";
    }
}

package io.twinstore.storage.cli;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.JsonKind;
import io.twinstore.storage.Message;
import io.twinstore.storage.Page;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of the messages, or sessions, that contain a document. */
final class ContainsPage {

    private final Terminal terminal;
    private final Searched asked;
    private final Json document;
    private final SearchScope scope;

    ContainsPage(Terminal terminal, Searched asked) {
        this.terminal = terminal;
        this.asked = asked;
        this.scope = asked.scope();
        this.document = Json.of(asked.text());
        if (document.kind() != JsonKind.OBJECT && document.kind() != JsonKind.ARRAY) {
            throw new InvalidValueException(
                    "JSON",
                    "an object, to find messages, or an array, to find sessions",
                    asked.text());
        }
    }

    int run(boolean json) {
        try (Storage storage = Database.find(terminal)) {
            SessionStore sessions = asked.acting().sessions(storage);
            if (document.kind() == JsonKind.OBJECT) {
                show(
                        json,
                        storage.info(),
                        "messages",
                        sessions.findContaining(document, scope, asked.request()),
                        ContainsPage::fields,
                        ContainsPage::print);
            } else {
                show(
                        json,
                        storage.info(),
                        "sessions",
                        sessions.findSessionsContaining(document, scope, asked.request()),
                        session -> Json.from(SessionFields.of(session)).text(),
                        ContainsPage::print);
            }
        }
        return ExitCode.OK;
    }

    private <T> void show(
            boolean json,
            StorageInfo info,
            String name,
            Page<T> page,
            Function<T, String> fields,
            BiConsumer<Layout, T> row) {
        if (json) {
            printJson(info, name, page, fields);
            return;
        }
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.opened(info);
        layout.line("");
        if (page.items().isEmpty()) {
            layout.line(
                    asked.request().cursor() == null ? "Nothing found." : "No more " + name + ".");
        }
        page.items().forEach(item -> row.accept(layout, item));
        asked.showNext(layout, terminal, page.next());
        layout.line("");
    }

    /** Items go out one by one: together they may be longer than one document can be. */
    private <T> void printJson(
            StorageInfo info, String name, Page<T> page, Function<T, String> fields) {
        Map<String, @Nullable Object> first = Database.fields(info);
        first.put("nextCursor", page.next().map(Cursor::token).orElse(null));
        String start = Json.from(first).text();
        StringBuilder head = new StringBuilder(start.substring(0, start.length() - 1));
        terminal.out().print(head.append(",\"").append(name).append("\":["));
        String separator = "\n";
        for (T each : page.items()) {
            String item = fields.apply(each);
            terminal.out().print(separator);
            // A pipe gets the bytes that were kept, a person's terminal what it can bear.
            terminal.out().print(terminal.interactive() ? Printable.json(item) : item);
            separator = ",\n";
        }
        terminal.out().println("]}");
    }

    private static String fields(Message message) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("session", message.sessionId().value());
        fields.put("sequence", message.sequence());
        fields.put("role", message.role());
        fields.put("createdAt", message.createdAt().toString());
        String head = Json.from(fields).text();
        return head.substring(0, head.length() - 1) + ",\"body\":" + message.body().text() + "}";
    }

    private static void print(Layout layout, Message message) {
        layout.line(
                Searched.head(
                        layout,
                        message.sessionId(),
                        message.sequence(),
                        message.role(),
                        message.createdAt()));
        MessageView view = MessageView.of(message);
        List<String> said = view.lines().isEmpty() ? view.calls() : view.lines();
        if (!said.isEmpty()) {
            layout.line("  " + said.get(0));
        }
    }

    private static void print(Layout layout, Session session) {
        layout.line(
                layout.style().cyan(Printable.line(session.id().value()))
                        + "  "
                        + Printable.line(Objects.toString(session.owner(), "-"))
                        + "  "
                        + session.status().text()
                        + "  "
                        + Layout.counted(session.messageCount(), "message")
                        + "  "
                        + layout.style().dim("created " + layout.moment(session.createdAt())));
    }
}

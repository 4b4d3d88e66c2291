package io.twinstore.storage.cli;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A page of the sessions in the database. */
final class SessionList {

    private static final int OWNER = 24;

    private final Terminal terminal;
    private final PageRequest request;

    SessionList(Terminal terminal, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > PageRequest.MAX_SIZE) {
            throw new InvalidValueException(
                    "--limit", "1 to " + PageRequest.MAX_SIZE, Integer.toString(limit));
        }
        this.terminal = terminal;
        this.request = new PageRequest(limit, cursor == null ? null : Cursor.of(cursor));
    }

    int run(boolean json) {
        try (Storage storage = Database.find(terminal)) {
            Page<Session> page = storage.sessions().list(SessionFilter.all(), request);
            if (json) {
                printJson(storage.info(), page);
            } else {
                print(storage, page);
            }
        }
        return ExitCode.OK;
    }

    private void printJson(StorageInfo info, Page<Session> page) {
        Map<String, @Nullable Object> fields = Database.fields(info);
        fields.put("sessions", page.items().stream().map(SessionFields::of).toList());
        fields.put("nextCursor", page.next().map(Cursor::token).orElse(null));
        terminal.out().println(Json.from(fields).text());
    }

    private void print(Storage storage, Page<Session> page) {
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.opened(storage.info());
        layout.line("");
        if (page.items().isEmpty()) {
            layout.line(
                    request.cursor() == null
                            ? "No sessions here. To make one: " + terminal.command() + " demo"
                            : "No more sessions.");
        } else {
            rows(layout, page);
            layout.line("");
            layout.line(
                    layout.style()
                            .dim(
                                    Layout.counted(
                                                    storage.sessions().count(SessionFilter.all()),
                                                    "session")
                                            + " in all. To read one: "
                                            + terminal.command()
                                            + " show SESSION"));
        }
        page.next()
                .ifPresent(
                        next ->
                                layout.line(
                                        layout.style()
                                                        .dim(
                                                                "Next page: "
                                                                        + terminal.command()
                                                                        + " sessions --limit ")
                                                + request.size()
                                                + " --cursor "
                                                + Printable.line(next.token())));
        layout.line("");
    }

    private static void rows(Layout layout, Page<Session> page) {
        int id = idWidth(page);
        String head = row("SESSION", id, "OWNER", "STATUS", "MESSAGES", "LAST ACTIVITY");
        layout.line(layout.style().dim(head));
        for (Session session : page.items()) {
            layout.line(
                    row(
                            session.id().value(),
                            id,
                            Objects.toString(session.owner(), "-"),
                            session.status().text(),
                            String.format("%,d", session.messageCount()),
                            layout.moment(session.lastActivityAt())));
        }
    }

    /** A cut id is no use to "storage show", so the column is as wide as it must be. */
    private static int idWidth(Page<Session> page) {
        return page.items().stream()
                .mapToInt(session -> Printable.line(session.id().value()).length())
                .max()
                .orElse(0);
    }

    private static String row(
            String id, int width, String owner, String status, String messages, String activity) {
        return Printable.column(id, Math.max(7, width))
                + "  "
                + Printable.column(owner, OWNER)
                + "  "
                + Printable.column(status, 9)
                + "  "
                + String.format("%10s", messages)
                + "  "
                + activity;
    }
}

package io.twinstore.storage.cli;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.Json;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of the sessions in the database. */
final class SessionList {

    /** How many columns a row takes beside id and owner: spaces, status, count and moment. */
    private static final int BESIDE = 2 + 2 + 2 + 9 + 2 + 10 + 2 + 21;

    /** From this width on a row stays one line, as a pipe wants it; a terminal may wrap it. */
    private static final int WIDE = 100;

    private final Terminal terminal;
    private final ActingFor acting;
    private final PageRequest request;

    SessionList(Terminal terminal, ActingFor acting, PageRequest request) {
        this.terminal = terminal;
        this.acting = acting;
        this.request = request;
    }

    int run(boolean json) {
        try (Storage storage = Database.find(terminal)) {
            Page<Session> page = acting.sessions(storage).list(SessionFilter.all(), request);
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
                    request.cursor() != null
                            ? "No more sessions."
                            : acting.isLimited()
                                    ? "No sessions here that are theirs."
                                    : "No sessions here. To make one: "
                                            + terminal.command()
                                            + " demo");
        } else {
            rows(layout, page);
            layout.line("");
            layout.line(
                    layout.style()
                            .dim(
                                    Layout.counted(
                                                    acting.sessions(storage)
                                                            .count(SessionFilter.all()),
                                                    "session")
                                            + " in all. To read one: "
                                            + terminal.command()
                                            + " show SESSION"
                                            + acting.options()));
        }
        page.next()
                .ifPresent(
                        next ->
                                layout.line(
                                        layout.style()
                                                        .dim(
                                                                "Next page: "
                                                                        + terminal.command()
                                                                        + " sessions"
                                                                        + acting.options()
                                                                        + " --limit ")
                                                + request.size()
                                                + " --cursor "
                                                + Printable.line(next.token())));
        layout.line("");
    }

    private static void rows(Layout layout, Page<Session> page) {
        int id = width(page, session -> session.id().value());
        int owner = width(page, SessionList::owner);
        if (layout.width() < Math.min(WIDE, id + owner + BESIDE)) {
            page.items().forEach(session -> folded(layout, session));
            return;
        }
        String head = row("SESSION", id, "OWNER", owner, "STATUS", "MESSAGES", "LAST ACTIVITY");
        layout.line(layout.style().dim(head));
        for (Session session : page.items()) {
            layout.line(
                    row(
                            session.id().value(),
                            id,
                            owner(session),
                            owner,
                            session.status().text(),
                            String.format("%,d", session.messageCount()),
                            layout.moment(session.lastActivityAt())));
        }
    }

    private static String owner(Session session) {
        return Objects.toString(session.owner(), "-");
    }

    /** Two lines for each session, where the terminal is too narrow for one. */
    private static void folded(Layout layout, Session session) {
        String owner = Printable.line(owner(session));
        layout.line(Printable.line(session.id().value()) + "  " + owner);
        String activity = layout.moment(session.lastActivityAt());
        String count = Layout.counted(session.messageCount(), "message");
        layout.line("  " + session.status().text() + ", " + count + ", " + activity);
    }

    /** A cut id is no use to "storage show", so a column is as wide as it must be. */
    private static int width(Page<Session> page, Function<Session, String> column) {
        return page.items().stream()
                .mapToInt(session -> Printable.line(column.apply(session)).length())
                .reduce(7, Math::max);
    }

    private static String row(
            String id,
            int idWidth,
            String owner,
            int ownerWidth,
            String status,
            String messages,
            String activity) {
        return Printable.column(id, idWidth)
                + "  "
                + Printable.column(owner, ownerWidth)
                + "  "
                + Printable.column(status, 9)
                + "  "
                + String.format("%10s", messages)
                + "  "
                + activity;
    }
}

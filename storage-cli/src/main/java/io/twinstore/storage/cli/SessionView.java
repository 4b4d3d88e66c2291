package io.twinstore.storage.cli;

import io.twinstore.storage.Config;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.Participant;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session with its people and its messages. */
final class SessionView {

    private static final int MOST = 1000;

    private final Terminal terminal;
    private final ActingFor acting;
    private final SessionId id;
    private final @Nullable Integer last;
    private final boolean full;

    /**
     * @param last how many messages to show, or null for all
     * @param full whether to show the whole of each
     */
    SessionView(
            Terminal terminal, ActingFor acting, String id, @Nullable Integer last, boolean full) {
        if (last != null && (last < 1 || last > MOST)) {
            throw new InvalidValueException("--last", "1 to " + MOST, last.toString());
        }
        this.terminal = terminal;
        this.acting = acting;
        this.full = full;
        this.id = SessionId.of(id);
        this.last = last;
    }

    int run(boolean json) {
        try (Storage storage = Database.find(terminal)) {
            Session session = acting.sessions(storage).get(id);
            List<Participant> people = acting.sessions(storage).participants(id);
            if (json) {
                printJson(storage, session, people);
            } else {
                print(storage, session, people);
            }
        }
        return ExitCode.OK;
    }

    private void printJson(Storage storage, Session session, List<Participant> people) {
        StorageInfo info = storage.info();
        Map<String, @Nullable Object> fields = Database.fields(info);
        fields.put("session", SessionFields.of(session));
        fields.put("participants", people.stream().map(SessionFields::of).toList());
        String start = Json.from(fields).text();
        PrintStream out = terminal.out();
        // Messages go out one by one: together they may be longer than one document can be.
        out.print(start.substring(0, start.length() - 1));
        out.print(",\"messages\":[");
        String[] separator = {"\n"};
        messages(
                acting.sessions(storage),
                message -> {
                    out.print(separator[0]);
                    out.print(json(message));
                    separator[0] = ",\n";
                });
        out.println("]}");
    }

    private String json(Message message) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("sequence", message.sequence());
        fields.put("createdAt", message.createdAt().toString());
        String head = Json.from(fields).text();
        String text =
                head.substring(0, head.length() - 1) + ",\"body\":" + message.body().text() + "}";
        // A pipe gets the bytes that were kept, a person's terminal what it can bear.
        return terminal.interactive() ? Printable.json(text) : text;
    }

    private void print(Storage storage, Session session, List<Participant> people) {
        Layout page = new Layout(terminal);
        page.line("");
        page.opened(storage.info());
        page.heading("Session");
        record(page, session, storage.configs().find(session.configId()).orElse(null));
        page.heading("Participants");
        int width =
                people.stream()
                        .mapToInt(person -> Printable.line(person.userId().value()).length())
                        .max()
                        .orElse(0);
        for (Participant person : people) {
            page.line(
                    Printable.column(person.userId().value(), width)
                            + "  "
                            + Printable.column(person.role().text(), 8)
                            + page.style().dim("since " + page.moment(person.joinedAt())));
        }
        if (people.isEmpty()) {
            page.line(page.style().dim("none"));
        }
        page.heading("Messages");
        long earlier = last == null ? 0 : session.messageCount() - last;
        if (earlier > 0) {
            String count = Layout.counted(earlier, "earlier message");
            page.line(page.style().dim("⋮  " + count + "; --all shows them"));
        }
        messages(acting.sessions(storage), message -> page.message(MessageView.of(message, full)));
        if (page.cut()) {
            String whole = terminal.command() + " show " + id + " --full" + acting.options();
            page.line("");
            page.line(
                    page.style().dim("Cut to fit where … stands. The whole: ")
                            + Printable.line(whole));
        }
        page.line("");
    }

    private void record(Layout page, Session session, @Nullable Config config) {
        page.field("Id", session.id());
        page.field(
                "Config",
                config == null ? session.configId() : config.name() + "  " + session.configId());
        page.field("Owner", session.owner());
        page.field("Status", session.status().text());
        page.field(
                "Transcript",
                Layout.counted(session.messageCount(), "message")
                        + ", last sequence "
                        + session.lastSequence());
        page.field(
                "Metadata",
                full ? session.metadata().text() : page.fitting(session.metadata().text()));
        page.field("Created", page.moment(session.createdAt()));
        page.field("Last activity", page.moment(session.lastActivityAt()));
        page.field("Last message", page.moment(session.lastMessageAt()));
    }

    private void messages(SessionStore sessions, Consumer<Message> consumer) {
        try {
            if (last == null) {
                sessions.streamTranscript(id, message -> hand(message, consumer));
            } else {
                sessions.lastMessages(id, last).forEach(message -> hand(message, consumer));
            }
        } catch (ReaderLeftException e) {
            // As quiet as any other command in front of "head".
            return;
        }
    }

    private void hand(Message message, Consumer<Message> consumer) {
        if (terminal.outputLost()) {
            throw new ReaderLeftException();
        }
        consumer.accept(message);
    }

    /** Ends a stream that nobody reads any more. */
    private static final class ReaderLeftException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}

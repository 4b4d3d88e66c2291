package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session as it grows. */
final class TailView {

    /** How many messages to begin with where nothing else is asked for. */
    private static final int SHOWN_BEFORE = 10;

    /** How long to wait before looking whether the database can be reached. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final ActingFor acting;
    private final SessionId id;
    private final @Nullable Long from;
    private final TailEnd end;
    private boolean troubled;
    private volatile boolean ended;

    /**
     * @param from the sequence to begin with, or null for the last few
     */
    TailView(Terminal terminal, ActingFor acting, String id, @Nullable Long from, TailEnd end) {
        if (from != null && from < 1) {
            throw new InvalidValueException("--from", "1 or more", from.toString());
        }
        this.terminal = terminal;
        this.acting = acting;
        this.id = SessionId.of(id);
        this.from = from;
        this.end = end;
    }

    /** Prints a page that grows. */
    int page(boolean full) throws InterruptedException {
        return run(new TailPage(new Layout(terminal), full), this::sayWhere);
    }

    /** Prints an object on each line, the first of which says that it is following now. */
    int lines(boolean brief) throws InterruptedException {
        return run(new TailLines(terminal, brief), this::printWhere);
    }

    /** Ends the process when its standard input does. */
    void endWithInput() {
        Thread watch =
                new Thread(
                        () -> {
                            try {
                                terminal.in().transferTo(OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                // An input that broke has ended.
                            }
                            ended = true;
                        },
                        "end of input");
        watch.setDaemon(true);
        watch.start();
    }

    private int run(TailPrinter printer, Consumer<StorageInfo> opening)
            throws InterruptedException {
        try (Storage storage = Database.find(terminal)) {
            Session session = acting.sessions(storage).get(id);
            long after =
                    from == null ? Math.max(0, session.lastSequence() - SHOWN_BEFORE) : from - 1;
            try (Tail tail = acting.sessions(storage).tail(id, after)) {
                opening.accept(storage.info());
                follow(tail, printer);
            }
        }
        return ExitCode.OK;
    }

    private void sayWhere(StorageInfo info) {
        Database.say(terminal, "following session " + id, info);
    }

    private void printWhere(StorageInfo info) {
        Map<String, @Nullable Object> fields = Database.fields(info);
        fields.put("sessionId", id.value());
        terminal.out().println(Json.from(fields).text());
        terminal.out().flush();
    }

    private void follow(Tail tail, TailPrinter printer) throws InterruptedException {
        long messages = 0;
        long last = System.nanoTime();
        // It is closed after the last event there can be: a purge, or that the user was removed.
        while (messages < end.messages() && !ended && !tail.isClosed() && !terminal.outputLost()) {
            Duration left = end.idle().minusNanos(System.nanoTime() - last);
            if (left.isNegative()) {
                return;
            }
            Optional<TailEvent> event = tail.next(left.compareTo(STEP) < 0 ? left : STEP);
            sayTrouble(tail);
            if (event.isPresent()) {
                printer.print(event.get());
                terminal.out().flush();
                messages += event.get() instanceof TailEvent.MessageAppended ? 1 : 0;
                last = System.nanoTime();
            }
        }
    }

    /** Tells once that the database is away, and once that it is back. */
    private void sayTrouble(Tail tail) {
        boolean now = tail.trouble().isPresent();
        if (now != troubled) {
            String text =
                    tail.trouble()
                            .map(e -> "waiting for the database: " + e.getMessage())
                            .orElse("the database is back; nothing was missed");
            terminal.err().println("storage: " + Printable.line(text));
            troubled = now;
        }
    }
}

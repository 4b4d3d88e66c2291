package io.twinstore.storage.jdbi;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Transcript;
import io.twinstore.storage.spi.TranscriptWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Reads messages. A statement finds none of a hidden session; only then is it asked whether the
 * session is there.
 */
final class Transcripts {

    private final Handles handles;
    private final StoreTools tools;
    private final Access access;

    Transcripts(Handles handles, StoreTools tools, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.access = access;
    }

    Page<Message> messages(SessionId id, MessageRange range, PageRequest page) {
        Cursors cursors = new Cursors(access.bound("messages " + id + "\0" + range));
        MessageRange rest = page.cursor() == null ? range : rest(range, cursors, page.cursor());
        List<MessageRow> rows =
                read(
                        id,
                        handle -> {
                            List<MessageRow> found =
                                    range.backward()
                                            ? tools.messages(handle)
                                                    .backward(
                                                            id,
                                                            rest.first(),
                                                            rest.last(),
                                                            page.size() + 1)
                                            : tools.messages(handle)
                                                    .forward(
                                                            id,
                                                            rest.first(),
                                                            rest.last(),
                                                            page.size() + 1);
                            return orMissing(handle, id, found);
                        });
        return Pages.cut(
                rows,
                page.size(),
                MessageRow::toMessage,
                last -> cursors.write(Long.toString(last.seq())));
    }

    private static MessageRange rest(MessageRange range, Cursors cursors, Cursor cursor) {
        long seen = cursors.read(cursor).number(0);
        long from = Math.max(range.first(), Math.min(seen, Long.MAX_VALUE - 1) + 1);
        long to = Math.max(0, Math.min(range.last(), seen - 1));
        return range.backward()
                ? new MessageRange(range.first(), to, true)
                : new MessageRange(from, range.last(), false);
    }

    List<Message> last(SessionId id, int n) {
        refuseOutOfBounds(n);
        List<Message> messages =
                new ArrayList<>(
                        read(
                                        id,
                                        handle ->
                                                orMissing(
                                                        handle,
                                                        id,
                                                        tools.messages(handle).last(id, n)))
                                .stream()
                                .map(MessageRow::toMessage)
                                .toList());
        Collections.reverse(messages);
        return Collections.unmodifiableList(messages);
    }

    private static void refuseOutOfBounds(int n) {
        if (n < 1 || n > PageRequest.MAX_SIZE) {
            throw new InvalidValueException(
                    "n", "1 to " + PageRequest.MAX_SIZE, Integer.toString(n));
        }
    }

    /** Reads backwards in one statement, so that what is written meanwhile does not tear it. */
    List<Message> window(SessionId id, int n) {
        refuseOutOfBounds(n);
        return access.stream(
                handles,
                id,
                handle -> {
                    try (Stream<MessageRow> rows =
                            tools
                                    .messages(handle)
                                    .newestFirst(id, n + TranscriptWindow.LOOK_BACK)
                                    .stream()) {
                        List<Message> window =
                                TranscriptWindow.of(rows.map(MessageRow::toMessage).iterator(), n);
                        if (window.isEmpty() && !tools.sessions(handle).exists(id)) {
                            throw missing(id);
                        }
                        return window;
                    }
                },
                () -> {
                    throw missing(id);
                });
    }

    Transcript whole(SessionId id) {
        List<MessageRow> rows =
                read(
                        id,
                        handle ->
                                orMissing(
                                        handle, id, tools.messages(handle).transcript(id).list()));
        return new Transcript(id, rows.stream().map(MessageRow::toMessage).toList());
    }

    void stream(SessionId id, Consumer<? super Message> consumer) {
        access.stream(
                handles,
                id,
                handle -> {
                    if (!tools.sessions(handle).exists(id)) {
                        throw missing(id);
                    }
                    try (Stream<MessageRow> rows = tools.messages(handle).transcript(id).stream()) {
                        if (!access.sees(handle, id)) {
                            throw missing(id);
                        }
                        rows.forEach(row -> consumer.accept(row.toMessage()));
                    }
                    return Boolean.TRUE;
                },
                () -> {
                    throw missing(id);
                });
    }

    private List<MessageRow> read(SessionId id, Handles.Work<List<MessageRow>> work) {
        return access.read(
                handles,
                id,
                work,
                () -> {
                    throw missing(id);
                });
    }

    private List<MessageRow> orMissing(Handle handle, SessionId id, List<MessageRow> rows) {
        if (rows.isEmpty() && !tools.sessions(handle).exists(id)) {
            throw missing(id);
        }
        return rows;
    }

    private static NotFoundException missing(SessionId id) {
        return new NotFoundException("session", id.value());
    }
}

package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.TailEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events for a program: a JSON object on each line.
 *
 * @param brief whether to leave out the bodies
 */
record TailLines(Terminal terminal, boolean brief) implements TailPrinter {

    @Override
    public void print(TailEvent event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("action", event.action());
        event.userId().ifPresent(user -> fields.put("userId", user.value()));
        if (event instanceof TailEvent.MessageAppended appended) {
            print(fields, appended.message());
            return;
        }
        if (event instanceof TailEvent.TranscriptReplaced replaced) {
            fields.put("baseSequence", replaced.baseSequence());
        } else if (event instanceof TailEvent.StatusChanged changed) {
            fields.put("status", changed.status().text());
        }
        terminal.out().println(Json.from(fields).text());
    }

    private void print(Map<String, @Nullable Object> fields, Message message) {
        fields.put("sequence", message.sequence());
        fields.put("createdAt", message.createdAt().toString());
        if (brief) {
            fields.put("bytes", message.body().utf8Length());
        }
        String object = Json.from(fields).text();
        terminal.out()
                .println(
                        brief
                                ? object
                                : object.substring(0, object.length() - 1)
                                        + ",\"body\":"
                                        + line(message)
                                        + "}");
    }

    /** A body may have been written over several lines; between its tokens these are just space. */
    private String line(Message message) {
        String text = message.body().text().replace('\n', ' ').replace('\r', ' ');
        return terminal.interactive() ? Printable.json(text) : text;
    }
}

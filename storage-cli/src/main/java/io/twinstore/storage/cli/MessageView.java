package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message as a person reads it; harmless to a terminal.
 *
 * <p>Understands what applications write today: text, lists of text and tool parts, {@code
 * tool_calls}. Whatever else a message holds is shown as the JSON that it is.
 *
 * @param sequence its place in the session
 * @param role who speaks, or {@code -} where the message does not say
 * @param lines the first lines of what is said
 * @param hidden how many lines more there are
 * @param calls the tools that are called, with their arguments
 * @param whole whether nothing may be cut
 */
record MessageView(
        long sequence,
        String role,
        List<String> lines,
        long hidden,
        List<String> calls,
        boolean whole) {

    private static final int LINES = 4;
    private static final int LINE_WIDTH = 240;

    /** Text beyond this is counted, not looked at: nobody reads it here. */
    private static final int LOOKED_AT = 1 << 20;

    MessageView {
        lines = List.copyOf(lines);
        calls = List.copyOf(calls);
    }

    /** Returns the view of a message. */
    static MessageView of(Message message) {
        return of(message, false);
    }

    /** Returns the view of a message, all of it or what fits a few lines. */
    static MessageView of(Message message, boolean whole) {
        String role = message.role() == null ? "-" : Printable.clipped(message.role(), 24);
        Json body = message.body();
        if (!whole && body.text().length() > LOOKED_AT) {
            String size = String.format("(%,d bytes of JSON) …", body.utf8Length());
            return new MessageView(message.sequence(), role, List.of(size), 0, List.of(), false);
        }
        return whole ? whole(message, role) : beginning(message, role);
    }

    private static MessageView whole(Message message, String role) {
        List<String> calls = new ArrayList<>();
        String text = text(message.body(), calls).stripTrailing();
        return new MessageView(
                message.sequence(),
                role,
                text.lines().map(Printable::line).toList(),
                0,
                calls.stream().map(Printable::line).toList(),
                true);
    }

    private static MessageView beginning(Message message, String role) {
        List<String> calls = new ArrayList<>();
        String text = text(message.body(), calls);
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return new MessageView(
                message.sequence(),
                role,
                lines.stream().limit(LINES).map(MessageView::shown).toList(),
                Math.max(0, lines.size() - LINES),
                calls.stream().map(MessageView::shown).toList(),
                false);
    }

    private static String shown(String text) {
        return Printable.clipped(text.stripTrailing(), LINE_WIDTH);
    }

    private static String text(Json body, List<String> calls) {
        Object value;
        try {
            value = body.toJava();
        } catch (InvalidValueException numberBeyondJava) {
            return body.text();
        }
        if (!(value instanceof Map<?, ?> message)) {
            return value instanceof String text ? text : body.text();
        }
        if (message.get("tool_calls") instanceof List<?> list) {
            list.forEach(call -> addCall(calls, call));
        }
        if (message.get("function_call") instanceof Map<?, ?> call) {
            calls.add(call(call.get("name"), call.get("arguments")));
        }
        return message.containsKey("content")
                ? content(message.get("content"), calls)
                : body.text();
    }

    private static String content(@Nullable Object content, List<String> calls) {
        if (content == null) {
            return "";
        }
        if (content instanceof List<?> parts) {
            return parts.stream().map(part -> part(part, calls)).collect(Collectors.joining("\n"));
        }
        return content instanceof String text ? text : Json.from(content).text();
    }

    private static String part(@Nullable Object part, List<String> calls) {
        if (!(part instanceof Map<?, ?> fields)) {
            return Objects.toString(part);
        }
        Object type = fields.get("type");
        if ("tool_use".equals(type)) {
            calls.add(call(fields.get("name"), fields.get("input")));
            return "";
        }
        if (fields.get("text") instanceof String text) {
            return text;
        }
        return "tool_result".equals(type)
                ? content(fields.get("content"), calls)
                : "[" + Objects.toString(type, "part") + "]";
    }

    private static void addCall(List<String> calls, @Nullable Object call) {
        if (call instanceof Map<?, ?> fields) {
            Object function = fields.get("function");
            Map<?, ?> named = function instanceof Map<?, ?> inner ? inner : fields;
            calls.add(call(named.get("name"), named.get("arguments")));
        }
    }

    private static String call(@Nullable Object name, @Nullable Object arguments) {
        String given =
                arguments == null
                        ? ""
                        : arguments instanceof String text ? text : Json.from(arguments).text();
        return Objects.toString(name, "?") + " " + given.lines().collect(Collectors.joining(" "));
    }
}

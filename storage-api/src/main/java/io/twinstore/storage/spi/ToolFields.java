package io.twinstore.storage.spi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The members of a message that tell of tool calls, read in one pass that parses nothing else; of
 * members with the same name the last one counts.
 */
final class ToolFields {

    private static final Set<String> TEXTS = Set.of("role", "type", "call_id", "tool_call_id");
    private static final Set<String> OF_CALLS = Set.of("id");
    private static final Set<String> OF_BLOCKS = Set.of("type", "id", "tool_use_id");

    private final JsonReader reader;
    private final Map<String, String> texts = new HashMap<>();
    private List<Map<String, String>> toolCalls = List.of();
    private List<Map<String, String>> content = List.of();
    private List<String> toolCallIds = List.of();
    private boolean functionCall;

    private ToolFields(JsonReader reader) {
        this.reader = reader;
    }

    /** Reads the object at whose start the reader stands. */
    static ToolFields read(JsonReader reader) {
        ToolFields fields = new ToolFields(reader);
        while (reader.next() != JsonReader.Token.END_OBJECT) {
            String name = reader.string();
            reader.next();
            fields.member(name);
        }
        return fields;
    }

    /** The strings among the members role, type, call_id and tool_call_id. */
    Map<String, String> texts() {
        return texts;
    }

    /** The strings id of the objects in tool_calls. */
    List<Map<String, String>> toolCalls() {
        return toolCalls;
    }

    /** The strings type, id and tool_use_id of the objects in content. */
    List<Map<String, String>> content() {
        return content;
    }

    /** The strings in tool_call_ids. */
    List<String> toolCallIds() {
        return toolCallIds;
    }

    /** Whether function_call is an object. */
    boolean functionCall() {
        return functionCall;
    }

    private void member(String name) {
        switch (name) {
            case "tool_calls" -> toolCalls = objects(OF_CALLS);
            case "content" -> content = objects(OF_BLOCKS);
            case "tool_call_ids" -> toolCallIds = strings();
            case "function_call" -> {
                functionCall = reader.token() == JsonReader.Token.START_OBJECT;
                reader.skip();
            }
            default -> text(name, TEXTS, texts);
        }
    }

    /** Takes the value where it is a string and one of those that are asked for. */
    private void text(String name, Set<String> names, Map<String, String> into) {
        if (names.contains(name)) {
            into.remove(name);
            if (reader.token() == JsonReader.Token.STRING) {
                into.put(name, reader.string());
            }
        }
        reader.skip();
    }

    private List<Map<String, String>> objects(Set<String> names) {
        List<Map<String, String>> objects = new ArrayList<>();
        if (reader.token() != JsonReader.Token.START_ARRAY) {
            reader.skip();
            return objects;
        }
        while (reader.next() != JsonReader.Token.END_ARRAY) {
            if (reader.token() == JsonReader.Token.START_OBJECT) {
                objects.add(object(names));
            } else {
                reader.skip();
            }
        }
        return objects;
    }

    private Map<String, String> object(Set<String> names) {
        Map<String, String> found = new HashMap<>();
        while (reader.next() != JsonReader.Token.END_OBJECT) {
            String name = reader.string();
            reader.next();
            text(name, names, found);
        }
        return found;
    }

    private List<String> strings() {
        List<String> strings = new ArrayList<>();
        if (reader.token() != JsonReader.Token.START_ARRAY) {
            reader.skip();
            return strings;
        }
        while (reader.next() != JsonReader.Token.END_ARRAY) {
            if (reader.token() == JsonReader.Token.STRING) {
                strings.add(reader.string());
            }
            reader.skip();
        }
        return strings;
    }
}

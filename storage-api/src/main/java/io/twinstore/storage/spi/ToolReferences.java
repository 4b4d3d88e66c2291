package io.twinstore.storage.spi;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tool calls a message makes, and which it answers, in the forms that hosts keep:
 *
 * <ul>
 *   <li>OpenAI's chat messages: {@code tool_calls[].id}, answered by {@code tool_call_id};
 *   <li>the same answered by {@code tool_call_ids}, an array;
 *   <li>OpenAI's older messages: an object {@code function_call}, answered by the role {@code
 *       function}; they have no ids, so an answer belongs to the call before it;
 *   <li>OpenAI's response items: a {@code type} that ends in {@code _call} with {@code call_id},
 *       answered by one that ends in {@code _call_output};
 *   <li>Anthropic's content blocks: a {@code type} that ends in {@code tool_use} with {@code id},
 *       answered by blocks with {@code tool_use_id}.
 * </ul>
 *
 * <p>Whatever has another shape makes and answers nothing.
 *
 * @param calls what is called, as keys that mean nothing but by equality
 * @param answers what is answered, by the same keys, but for what the message calls itself
 */
public record ToolReferences(Set<String> calls, Set<String> answers) {

    private static final ToolReferences NONE = new ToolReferences(Set.of(), Set.of());

    /** The key of a call without id; that of a call with one has another prefix. */
    private static final String BEFORE = "before";

    private static final String ID = "id ";

    public ToolReferences {
        calls = Set.copyOf(calls);
        answers = Set.copyOf(answers);
    }

    /** Reads them from a message's body. */
    public static ToolReferences of(Json body) {
        try {
            JsonReader reader = JsonReader.of(body);
            return reader.next() == JsonReader.Token.START_OBJECT
                    ? of(ToolFields.read(reader))
                    : NONE;
        } catch (InvalidValueException e) {
            // Other programs may write what no host can append; that is no call either.
            return NONE;
        }
    }

    private static ToolReferences of(ToolFields fields) {
        Set<String> calls = new HashSet<>();
        Set<String> answers = new HashSet<>();
        fields.toolCalls().forEach(call -> addId(calls, call.get("id")));
        fields.content().forEach(block -> addBlock(calls, answers, block));
        fields.toolCallIds().forEach(id -> addId(answers, id));
        Map<String, String> texts = fields.texts();
        addId(answers, texts.get("tool_call_id"));
        String type = texts.getOrDefault("type", "");
        if (type.endsWith("_call")) {
            addId(calls, texts.get("call_id"));
        } else if (type.endsWith("_call_output")) {
            addId(answers, texts.get("call_id"));
        }
        if (fields.functionCall()) {
            calls.add(BEFORE);
        }
        if (texts.getOrDefault("role", "").equals("function")) {
            answers.add(BEFORE);
        }
        answers.removeAll(calls);
        return new ToolReferences(calls, answers);
    }

    private static void addBlock(
            Set<String> calls, Set<String> answers, Map<String, String> block) {
        if (block.getOrDefault("type", "").endsWith("tool_use")) {
            addId(calls, block.get("id"));
        }
        addId(answers, block.get("tool_use_id"));
    }

    private static void addId(Set<String> keys, @Nullable String id) {
        if (id != null) {
            keys.add(ID + id);
        }
    }
}

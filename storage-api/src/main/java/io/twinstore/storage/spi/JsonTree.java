package io.twinstore.storage.spi;

import io.twinstore.storage.Json;
import io.twinstore.storage.spi.JsonReader.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document in memory, in the order of its text; of members with the same name the last one
 * counts.
 */
sealed interface JsonTree {

    /** An object. */
    record Members(Map<String, JsonTree> byName) implements JsonTree {}

    /** An array. */
    record Elements(List<JsonTree> inOrder) implements JsonTree {}

    /** A string, unescaped. */
    record Text(String value) implements JsonTree {}

    /** {@code true}, {@code false} or {@code null}. */
    record Word(Token token) implements JsonTree {

        String source() {
            return switch (token) {
                case TRUE -> "true";
                case FALSE -> "false";
                default -> "null";
            };
        }
    }

    /** A number: kept as it was written, equal by its exact value. */
    record Numeral(String source, JsonNumber value) implements JsonTree {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Numeral numeral && value.equals(numeral.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    static JsonTree of(Json json) {
        JsonReader reader = JsonReader.of(json);
        reader.next();
        return read(reader);
    }

    /** The value on which the reader stands; afterwards it stands on the last token of it. */
    static JsonTree read(JsonReader reader) {
        return switch (reader.token()) {
            case START_OBJECT -> members(reader);
            case START_ARRAY -> elements(reader);
            case STRING -> new Text(reader.string());
            case NUMBER -> new Numeral(reader.source(), JsonNumber.of(reader.source()));
            default -> new Word(reader.token());
        };
    }

    private static Members members(JsonReader reader) {
        Map<String, JsonTree> byName = new LinkedHashMap<>();
        while (reader.next() != Token.END_OBJECT) {
            String name = reader.string();
            reader.next();
            byName.put(name, read(reader));
        }
        return new Members(byName);
    }

    private static Elements elements(JsonReader reader) {
        List<JsonTree> inOrder = new ArrayList<>();
        while (reader.next() != Token.END_ARRAY) {
            inOrder.add(read(reader));
        }
        return new Elements(inOrder);
    }
}

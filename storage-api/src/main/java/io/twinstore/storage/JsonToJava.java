package io.twinstore.storage;

import io.twinstore.storage.spi.JsonReader;
import io.twinstore.storage.spi.JsonReader.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a document into maps, lists and scalars. */
final class JsonToJava {

    private JsonToJava() {}

    static @Nullable Object read(Json json) {
        JsonReader reader = JsonReader.of(json);
        reader.next();
        return value(reader);
    }

    private static @Nullable Object value(JsonReader reader) {
        return switch (reader.token()) {
            case START_OBJECT -> object(reader);
            case START_ARRAY -> array(reader);
            case STRING -> reader.string();
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
            default -> number(reader.source());
        };
    }

    private static Map<String, @Nullable Object> object(JsonReader reader) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (reader.next() != Token.END_OBJECT) {
            String name = reader.string();
            reader.next();
            members.put(name, value(reader));
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonReader reader) {
        List<@Nullable Object> elements = new ArrayList<>();
        while (reader.next() != Token.END_ARRAY) {
            elements.add(value(reader));
        }
        return elements;
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new InvalidValueException(
                    "json", "a number whose exponent BigDecimal can hold", text);
        }
    }
}

package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.JsonKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, each of the type that is asked for or refused by its name. */
final class PlanFields {

    private final String path;
    private final Map<?, ?> fields;

    private PlanFields(String path, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidValueException(path, "a JSON object", null);
        }
        this.path = path;
        this.fields = map;
    }

    static PlanFields of(Json json) {
        return of("plan", json);
    }

    /**
     * @param path how messages name the document
     */
    static PlanFields of(String path, Json json) {
        if (json.kind() != JsonKind.OBJECT) {
            throw new InvalidValueException(path, "a JSON object", null);
        }
        String twice = DuplicateNames.first(json);
        if (twice != null) {
            throw new InvalidValueException(path, "with each name once", twice);
        }
        return new PlanFields(path, json.toJava());
    }

    List<String> names() {
        return fields.keySet().stream().map(String::valueOf).toList();
    }

    /** Returns whether there is such a field, and not null. */
    boolean has(String name) {
        return fields.get(name) != null;
    }

    String text(String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw refused(name, "a string");
    }

    @Nullable String textOrNull(String name) {
        return fields.get(name) == null ? null : text(name);
    }

    boolean flag(String name) {
        if (fields.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw refused(name, "true or false");
    }

    long number(String name) {
        return number(name, fields.get(name));
    }

    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException e) {
            throw refused(name, "an instant as 2026-03-01T12:00:00Z");
        }
    }

    private long number(String name, @Nullable Object value) {
        try {
            if (value instanceof BigDecimal number) {
                return number.longValueExact();
            }
        } catch (ArithmeticException e) {
            throw new InvalidValueException(path + "." + name, "a whole number", value + "");
        }
        throw refused(name, "a whole number");
    }

    <T extends Enum<T>> T oneOf(String name, Class<T> type, T[] values) {
        String text = text(name);
        for (T value : values) {
            if (value.name().equals(text)) {
                return type.cast(value);
            }
        }
        throw new InvalidValueException(path + "." + name, "one of " + List.of(values), text);
    }

    PlanFields object(String name) {
        return new PlanFields(path + "." + name, fields.get(name));
    }

    Map<String, Long> numbers() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        fields.forEach(
                (name, value) -> numbers.put(String.valueOf(name), number(name + "", value)));
        return numbers;
    }

    List<PlanFields> objects(String name) {
        List<PlanFields> objects = new ArrayList<>();
        for (Object element : list(name)) {
            objects.add(new PlanFields(path + "." + name, element));
        }
        return objects;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof String text)) {
                throw refused(name, "a list of strings");
            }
            texts.add(text);
        }
        return texts;
    }

    private List<?> list(String name) {
        if (fields.get(name) instanceof List<?> list) {
            return list;
        }
        throw refused(name, "a list");
    }

    private InvalidValueException refused(String name, String bound) {
        return new InvalidValueException(path + "." + name, bound, null);
    }
}

package io.twinstore.storage;

import io.twinstore.storage.spi.JsonQuoting;
import io.twinstore.storage.spi.TextRules;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes Java values as JSON text. The depth is limited on the way, so a map that holds itself ends
 * in a refusal.
 */
final class JsonValueWriter {

    private final StringBuilder out = new StringBuilder();

    private JsonValueWriter() {}

    static String write(@Nullable Object value) {
        JsonValueWriter writer = new JsonValueWriter();
        writer.value(value, new Place(null, "", 0));
        return writer.out.toString();
    }

    private void value(@Nullable Object value, Place place) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof String string) {
            string(string, place);
        } else if (value instanceof Json json) {
            out.append(json.text());
        } else if (value instanceof Number number) {
            number(number, place);
        } else if (value instanceof Map<?, ?> map) {
            object(map, place);
        } else if (value instanceof List<?> list) {
            array(list, place);
        } else {
            throw refused(
                    "a type that JSON has (map, list, string, number, boolean, null)",
                    place,
                    value.getClass());
        }
        if (out.length() > Json.MAX_BYTES) {
            throw refused("at most " + Json.MAX_BYTES + " bytes of UTF-8", place, null);
        }
    }

    private void object(Map<?, ?> map, Place place) {
        requireDepth(place);
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            out.append(separator);
            separator = ",";
            if (!(member.getKey() instanceof String name)) {
                throw refused("an object with string keys only", place, null);
            }
            Place below = place.below(name);
            string(name, below);
            out.append(':');
            value(member.getValue(), below);
        }
        out.append('}');
    }

    private void array(List<?> list, Place place) {
        requireDepth(place);
        out.append('[');
        int index = 0;
        for (Object element : list) {
            if (index > 0) {
                out.append(',');
            }
            value(element, place.below(index++));
        }
        out.append(']');
    }

    private void string(String string, Place place) {
        if (TextRules.unpairedSurrogateIn(string) >= 0) {
            throw refused(
                    "text without unpaired surrogates, which UTF-8 cannot carry", place, null);
        }
        JsonQuoting.append(out, string);
    }

    private void number(Number number, Place place) {
        boolean exact =
                number instanceof Integer
                        || number instanceof Long
                        || number instanceof BigInteger
                        || number instanceof BigDecimal
                        || number instanceof Short
                        || number instanceof Byte;
        boolean floating = number instanceof Double || number instanceof Float;
        if (!exact && !floating) {
            throw refused("a number type of java.lang or java.math", place, number.getClass());
        }
        if (floating && !Double.isFinite(number.doubleValue())) {
            throw refused("a finite number", place, number);
        }
        out.append(number);
    }

    private static void requireDepth(Place place) {
        if (place.depth >= Json.MAX_DEPTH) {
            throw refused("nested at most " + Json.MAX_DEPTH + " deep", place, null);
        }
    }

    private static InvalidValueException refused(
            String bound, Place place, @Nullable Object found) {
        String pointer = place.pointer();
        String where = pointer.isEmpty() ? "" : "; at " + JsonQuoting.shown(pointer);
        String shown =
                found instanceof Class<?> type
                        ? type.getName()
                        : found == null ? null : found.toString();
        return new InvalidValueException("json", bound + where, shown);
    }

    /** Where the writer stands; made into a pointer only when something is refused. */
    private record Place(@Nullable Place above, Object segment, int depth) {

        private Place below(Object next) {
            return new Place(this, next, depth + 1);
        }

        private String pointer() {
            StringBuilder pointer = new StringBuilder();
            for (Place place = this; place.above != null; place = place.above) {
                pointer.insert(0, "/" + JsonQuoting.pointerSegment(place.segment.toString()));
            }
            return pointer.toString();
        }
    }
}

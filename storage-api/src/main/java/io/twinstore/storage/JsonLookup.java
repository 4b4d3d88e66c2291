package io.twinstore.storage;

import io.twinstore.storage.spi.JsonReader;
import io.twinstore.storage.spi.JsonReader.Token;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows a JSON pointer (RFC 6901) through the text, without building anything but the value
 * found.
 */
final class JsonLookup {

    private final Json json;
    private final String[] segments;

    private JsonLookup(Json json, String[] segments) {
        this.json = json;
        this.segments = segments;
    }

    static Optional<Json> find(Json json, String pointer) {
        String[] segments = segments(pointer);
        if (segments.length == 0) {
            return Optional.of(json);
        }
        JsonReader reader = JsonReader.of(json);
        reader.next();
        return Optional.ofNullable(new JsonLookup(json, segments).value(reader, 0));
    }

    /**
     * Reads the value on which the reader stands to its end, and returns what the rest of the
     * pointer finds in it.
     */
    private @Nullable Json value(JsonReader reader, int next) {
        if (next == segments.length) {
            return slice(reader);
        }
        if (reader.token() == Token.START_OBJECT) {
            return member(reader, next);
        }
        if (reader.token() == Token.START_ARRAY) {
            return element(reader, next);
        }
        reader.skip();
        return null;
    }

    private @Nullable Json member(JsonReader reader, int next) {
        Json found = null;
        while (reader.next() != Token.END_OBJECT) {
            boolean match = segments[next].equals(reader.string());
            reader.next();
            if (match) {
                found =
                        value(
                                reader,
                                next + 1); // even if it finds nothing: the last member of a name
                // counts
            } else {
                reader.skip();
            }
        }
        return found;
    }

    private @Nullable Json element(JsonReader reader, int next) {
        int wanted = index(segments[next]);
        Json found = null;
        for (int i = 0; reader.next() != Token.END_ARRAY; i++) {
            if (i == wanted) {
                found = value(reader, next + 1);
            } else {
                reader.skip();
            }
        }
        return found;
    }

    private Json slice(JsonReader reader) {
        int start = reader.start();
        reader.skip();
        return json.slice(start, reader.end());
    }

    private static String[] segments(String pointer) {
        if (pointer.isEmpty()) {
            return new String[0];
        }
        if (pointer.charAt(0) != '/') {
            throw new InvalidValueException(
                    "pointer", "empty or starting with / (RFC 6901)", pointer);
        }
        String[] segments = pointer.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            segments[i] = unescape(segments[i], pointer);
        }
        return segments;
    }

    private static String unescape(String segment, String pointer) {
        for (int i = segment.indexOf('~'); i >= 0; i = segment.indexOf('~', i + 1)) {
            if (i + 1 == segment.length()
                    || (segment.charAt(i + 1) != '0' && segment.charAt(i + 1) != '1')) {
                throw new InvalidValueException(
                        "pointer", "~ followed by 0 or 1 (RFC 6901)", pointer);
            }
        }
        return segment.replace("~1", "/").replace("~0", "~");
    }

    /**
     * The array index that a segment names, or -1 for anything else, {@code -} and {@code 01}
     * included.
     */
    private static int index(String segment) {
        boolean canonical =
                segment.length() <= 9
                        && !segment.isEmpty()
                        && segment.chars().allMatch(c -> c >= '0' && c <= '9')
                        && (segment.length() == 1 || segment.charAt(0) != '0');
        return canonical ? Integer.parseInt(segment) : -1;
    }
}

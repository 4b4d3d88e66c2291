package io.twinstore.storage.spi;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.spi.JsonReader.Token;
import io.twinstore.storage.spi.JsonTree.Elements;
import io.twinstore.storage.spi.JsonTree.Members;
import io.twinstore.storage.spi.JsonTree.Numeral;
import io.twinstore.storage.spi.JsonTree.Text;
import io.twinstore.storage.spi.JsonTree.Word;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Documents that are kept by meaning and indexed: metadata, tags, permissions, settings. PostgreSQL
 * keeps them as {@code jsonb}, which cannot hold every document and prints those it holds in a form
 * of its own; every adapter refuses the same ones and gives back that form.
 */
public final class IndexedJson {

    /** How long such a document may be, as given and in normal form, in bytes of UTF-8. */
    public static final int MAX_BYTES = 16_000_000;

    private final String field;
    private final StringBuilder out = new StringBuilder();

    private IndexedJson(String field) {
        this.field = field;
    }

    /**
     * The document in the form in which PostgreSQL prints it: members ordered by the length of
     * their names in UTF-8 and then by its bytes, the last of each name kept, numbers without
     * exponent.
     *
     * @param field what the document is, for messages, such as {@code session.metadata}
     * @throws InvalidValueException if the document is longer than {@value #MAX_BYTES} bytes or
     *     becomes so, or anywhere holds U+0000, an unpaired surrogate, or a number of more than
     *     131072 digits before or 16383 after the decimal point. The message names the place as a
     *     JSON pointer
     */
    public static Json normalize(String field, Json json) {
        IndexedJson normal = new IndexedJson(field);
        normal.requireLength(json.utf8Length());
        normal.check(json);
        normal.append(JsonTree.of(json));
        Json result = Json.of(normal.out.toString());
        normal.requireLength(result.utf8Length());
        return result;
    }

    /**
     * Looks at every name and value, those that a later duplicate replaces included, as PostgreSQL
     * does.
     */
    private void check(Json json) {
        JsonReader reader = JsonReader.of(json);
        Deque<Object> path = new ArrayDeque<>();
        while (reader.next() != Token.NONE) {
            switch (reader.token()) {
                case NAME -> {
                    path.removeLast();
                    path.addLast(reader.string());
                    text(reader, path);
                }
                case END_OBJECT, END_ARRAY -> path.removeLast();
                default -> value(reader, path);
            }
        }
    }

    private void value(JsonReader reader, Deque<Object> path) {
        if (path.peekLast() instanceof Integer index) {
            path.removeLast();
            path.addLast(index + 1);
        }
        switch (reader.token()) {
            case START_OBJECT -> path.addLast("");
            case START_ARRAY -> path.addLast(-1);
            case STRING -> text(reader, path);
            case NUMBER -> {
                if (!PostgresNumeric.holds(reader.source())) {
                    throw refused(PostgresNumeric.BOUND, path);
                }
            }
            default -> {}
        }
    }

    private void text(JsonReader reader, Deque<Object> path) {
        if (!reader.escaped()) {
            return;
        }
        String text = reader.string();
        if (text.indexOf('\0') >= 0) {
            throw refused("JSON without \\u0000 in names and strings", path);
        }
        if (TextRules.unpairedSurrogateIn(text) >= 0) {
            throw refused("JSON without unpaired surrogates in names and strings", path);
        }
    }

    private InvalidValueException refused(String bound, Deque<Object> path) {
        StringBuilder pointer = new StringBuilder();
        path.forEach(
                segment ->
                        pointer.append('/').append(JsonQuoting.pointerSegment(segment.toString())));
        return new InvalidValueException(
                field, bound + "; there is one at " + JsonQuoting.shown(pointer.toString()), null);
    }

    private void requireLength(int bytes) {
        if (bytes > MAX_BYTES) {
            throw new InvalidValueException(field, "at most " + MAX_BYTES + " bytes of JSON", null);
        }
    }

    private void append(JsonTree tree) {
        if (tree instanceof Members members) {
            members(members.byName());
        } else if (tree instanceof Elements elements) {
            elements(elements.inOrder());
        } else if (tree instanceof Text text) {
            JsonQuoting.append(out, text.value());
        } else if (tree instanceof Numeral numeral) {
            PostgresNumeric.print(out, numeral.source());
        } else if (tree instanceof Word word) {
            out.append(word.source());
        }
        requireLength(out.length()); // while it grows: a few short numbers can print as gigabytes
    }

    private void members(Map<String, JsonTree> byName) {
        out.append('{');
        List<Member> members =
                byName.entrySet().stream()
                        .map(member -> new Member(member.getKey(), member.getValue()))
                        .sorted()
                        .toList();
        String separator = "";
        for (Member member : members) {
            JsonQuoting.append(out.append(separator), member.name);
            out.append(": ");
            append(member.value);
            separator = ", ";
        }
        out.append('}');
    }

    private void elements(List<JsonTree> inOrder) {
        out.append('[');
        for (int i = 0; i < inOrder.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            append(inOrder.get(i));
        }
        out.append(']');
    }

    /** A member of an object, in the order of {@code jsonb}. */
    private static final class Member implements Comparable<Member> {

        private final String name;
        private final byte[] utf8;
        private final JsonTree value;

        private Member(String name, JsonTree value) {
            this.name = name;
            this.utf8 = name.getBytes(StandardCharsets.UTF_8);
            this.value = value;
        }

        @Override
        public int compareTo(Member other) {
            int byLength = Integer.compare(utf8.length, other.utf8.length);
            return byLength != 0 ? byLength : Arrays.compareUnsigned(utf8, other.utf8);
        }
    }
}

package io.twinstore.storage.spi;

import io.twinstore.storage.Json;
import io.twinstore.storage.spi.JsonReader.Token;
import io.twinstore.storage.spi.JsonTree.Elements;
import io.twinstore.storage.spi.JsonTree.Members;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides whether one document contains another, exactly as PostgreSQL's {@code @>} on {@code
 * jsonb} does:
 *
 * <ul>
 *   <li>an object contains an object of which it contains each member, by name and value;
 *   <li>an array contains an array of which each element is equal to, or contained in, one of its
 *       own, whatever the order and however often;
 *   <li>scalars contain what is equal to them, numbers by exact value;
 *   <li>at the top only, an array contains a scalar that is one of its elements.
 * </ul>
 *
 * <p>The container is read once, as a stream, against everything that is still looked for, so a
 * large one needs no memory. The time is at most in proportion to the product of both sizes.
 */
public final class JsonContainment {

    private JsonContainment() {}

    /** Whether the first document contains the second. */
    public static boolean contains(Json container, Json contained) {
        JsonReader reader = JsonReader.of(container);
        reader.next();
        JsonTree wanted = JsonTree.of(contained);
        boolean scalar = !(wanted instanceof Members) && !(wanted instanceof Elements);
        if (scalar && reader.token() == Token.START_ARRAY) {
            wanted = new Elements(List.of(wanted));
        }
        return matches(reader, List.of(wanted)).get(0);
    }

    /**
     * Which elements of an array a transcript contains for the sake of one of its messages: those
     * that the message is equal to, or contains, as an element of an array does; so no scalar for
     * being an element of a message that is an array.
     *
     * @param elements an array
     * @return their indexes
     */
    public static BitSet elementsIn(Json message, Json elements) {
        if (!(JsonTree.of(elements) instanceof Elements wanted)) {
            throw new IllegalArgumentException("The elements must be those of an array.");
        }
        JsonReader reader = JsonReader.of(message);
        reader.next();
        return matches(reader, wanted.inOrder());
    }

    /**
     * Reads the value on which the reader stands to its end, and returns the indexes of those
     * wanted it contains.
     */
    private static BitSet matches(JsonReader reader, List<JsonTree> wanted) {
        return switch (reader.token()) {
            case START_OBJECT -> inObject(reader, wanted);
            case START_ARRAY -> inArray(reader, wanted);
            default -> equalTo(JsonTree.read(reader), wanted);
        };
    }

    private static BitSet equalTo(JsonTree scalar, List<JsonTree> wanted) {
        BitSet equal = new BitSet();
        for (int i = 0; i < wanted.size(); i++) {
            equal.set(i, wanted.get(i).equals(scalar));
        }
        return equal;
    }

    private static BitSet inObject(JsonReader reader, List<JsonTree> wanted) {
        Map<String, Search> byName = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i) instanceof Members members) {
                int object = i;
                members.byName()
                        .forEach(
                                (name, value) ->
                                        byName.computeIfAbsent(name, n -> new Search())
                                                .add(value, object));
            }
        }
        while (reader.next() != Token.END_OBJECT) {
            Search search = byName.isEmpty() ? null : byName.get(reader.string());
            reader.next();
            if (search == null) {
                reader.skip();
            } else {
                search.found = matches(reader, search.values); // the last member of a name counts
            }
        }
        BitSet contained = new BitSet();
        for (int i = 0; i < wanted.size(); i++) {
            contained.set(i, wanted.get(i) instanceof Members);
        }
        byName.values().forEach(search -> search.strikeMissing(contained));
        return contained;
    }

    private static BitSet inArray(JsonReader reader, List<JsonTree> wanted) {
        Search pending = new Search();
        BitSet contained = new BitSet();
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i) instanceof Elements elements) {
                contained.set(i);
                for (JsonTree element : elements.inOrder()) {
                    pending.add(element, i);
                }
            }
        }
        while (reader.next() != Token.END_ARRAY) {
            if (pending.values.isEmpty()) {
                reader.skip();
            } else {
                pending.remove(matches(reader, pending.values));
            }
        }
        pending.strikeMissing(contained);
        return contained;
    }

    /** Values looked for at one place, and for each of them which of the wanted it belongs to. */
    private static final class Search {

        private final List<JsonTree> values = new ArrayList<>();
        private final List<Integer> owners = new ArrayList<>();
        private BitSet found = new BitSet();

        private void add(JsonTree value, int owner) {
            values.add(value);
            owners.add(owner);
        }

        private void remove(BitSet indexes) {
            for (int i = indexes.length() - 1; i >= 0; i = indexes.previousSetBit(i - 1)) {
                values.remove(i);
                owners.remove(i);
            }
        }

        private void strikeMissing(BitSet contained) {
            for (int i = found.nextClearBit(0); i < values.size(); i = found.nextClearBit(i + 1)) {
                contained.clear(owners.get(i));
            }
        }
    }
}

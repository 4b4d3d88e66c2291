package io.twinstore.storage.spi;

import io.twinstore.storage.Json;
import io.twinstore.storage.spi.JsonReader.Token;
import io.twinstore.storage.spi.JsonTree.Elements;
import io.twinstore.storage.spi.JsonTree.Members;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Hashes of the scalars of a document, each with the names of the members that lead to it, as
 * PostgreSQL's {@code jsonb_path_ops} takes them: arrays leave no trace on the way. A document that
 * contains another, in the sense of {@link JsonContainment}, has all of its hashes; so an index of
 * them finds candidates, and the matcher decides. Scalars are hashed by meaning: numbers by exact
 * value, strings by their UTF-16 code units.
 *
 * <p>An index stores the hashes, of 64 bits each: how they are computed never changes.
 */
public final class ContainmentHashes {

    private static final long START = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private ContainmentHashes() {}

    /**
     * The hashes of a document that may contain others. Of members with the same name all are
     * taken, which does no harm.
     *
     * @param most how many different ones are wanted; empty if the document has more
     */
    public static Optional<Set<Long>> of(Json container, int most) {
        Set<Long> hashes = new LinkedHashSet<>();
        JsonReader reader = JsonReader.of(container);
        reader.next();
        return add(reader, START, hashes, most) ? Optional.of(hashes) : Optional.empty();
    }

    /**
     * The hashes that every document has that contains this one; none where it holds no scalar. Of
     * members with the same name the last one counts.
     */
    public static Set<Long> required(Json contained) {
        Set<Long> hashes = new LinkedHashSet<>();
        add(JsonTree.of(contained), START, hashes);
        return hashes;
    }

    /**
     * As {@link #required}, of each element of an array, in its order: what every message has that
     * contains it as {@link JsonContainment#elementsIn} says.
     */
    public static List<Set<Long>> requiredOfEach(Json elements) {
        if (!(JsonTree.of(elements) instanceof Elements wanted)) {
            throw new IllegalArgumentException("The elements must be those of an array.");
        }
        List<Set<Long>> each = new ArrayList<>();
        for (JsonTree element : wanted.inOrder()) {
            Set<Long> hashes = new LinkedHashSet<>();
            add(element, START, hashes);
            each.add(hashes);
        }
        return each;
    }

    private static boolean add(JsonReader reader, long path, Set<Long> hashes, int most) {
        switch (reader.token()) {
            case START_OBJECT -> {
                while (reader.next() != Token.END_OBJECT) {
                    long member = mix(path, 'm', reader.string());
                    reader.next();
                    if (!add(reader, member, hashes, most)) {
                        return false;
                    }
                }
            }
            case START_ARRAY -> {
                while (reader.next() != Token.END_ARRAY) {
                    if (!add(reader, path, hashes, most)) {
                        return false;
                    }
                }
            }
            case STRING -> hashes.add(mix(path, 's', reader.string()));
            case NUMBER -> hashes.add(number(path, JsonNumber.of(reader.source())));
            default -> hashes.add(mix(path, 'w', reader.source()));
        }
        return hashes.size() <= most;
    }

    private static void add(JsonTree value, long path, Set<Long> hashes) {
        if (value instanceof Members members) {
            members.byName().forEach((name, member) -> add(member, mix(path, 'm', name), hashes));
        } else if (value instanceof Elements elements) {
            elements.inOrder().forEach(element -> add(element, path, hashes));
        } else if (value instanceof JsonTree.Text text) {
            hashes.add(mix(path, 's', text.value()));
        } else if (value instanceof JsonTree.Numeral numeral) {
            hashes.add(number(path, numeral.value()));
        } else if (value instanceof JsonTree.Word word) {
            hashes.add(mix(path, 'w', word.source()));
        }
    }

    private static long number(long path, JsonNumber number) {
        return mix(path, 'n', number.canonical());
    }

    /**
     * Takes a text by {@link String#hashCode}, which is specified and the fastest there is; two
     * texts that share it are one more candidate.
     */
    private static long mix(long path, char kind, String text) {
        long hash = (path ^ kind) * PRIME;
        hash = (hash ^ text.hashCode()) * PRIME;
        hash = (hash ^ text.length()) * START;
        return hash ^ (hash >>> 29);
    }
}

package io.twinstore.storage.spi;

import io.twinstore.storage.Json;
import io.twinstore.storage.spi.JsonReader.Token;
import io.twinstore.storage.spi.JsonTree.Elements;
import io.twinstore.storage.spi.JsonTree.Members;
import io.twinstore.storage.spi.JsonTree.Numeral;
import io.twinstore.storage.spi.JsonTree.Text;
import io.twinstore.storage.spi.JsonTree.Word;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON merge patch (RFC 7396): an object in the patch is merged member by member, {@code null}
 * removes a member, and anything else replaces what was there.
 */
public final class MergePatch {

    private static final Word NULL = new Word(Token.NULL);

    private MergePatch() {}

    /**
     * The target with the patch applied. Members keep their order, new ones follow; numbers keep
     * their spelling. A patch that is not an object is the result, as it is written.
     *
     * @throws io.twinstore.storage.InvalidValueException if the result is longer than a document
     *     may be
     */
    public static Json apply(Json target, Json patch) {
        if (!(JsonTree.of(patch) instanceof Members changes)) {
            return patch;
        }
        StringBuilder out = new StringBuilder();
        append(out, merge(JsonTree.of(target), changes));
        return Json.of(out.toString());
    }

    private static JsonTree merge(JsonTree target, JsonTree patch) {
        if (!(patch instanceof Members changes)) {
            return patch;
        }
        Map<String, JsonTree> merged = new LinkedHashMap<>();
        if (target instanceof Members members) {
            merged.putAll(members.byName());
        }
        changes.byName()
                .forEach(
                        (name, change) -> {
                            if (change.equals(NULL)) {
                                merged.remove(name);
                            } else {
                                merged.put(name, merge(merged.getOrDefault(name, NULL), change));
                            }
                        });
        return new Members(merged);
    }

    private static void append(StringBuilder out, JsonTree tree) {
        if (tree instanceof Members members) {
            String separator = "{";
            for (Map.Entry<String, JsonTree> member : members.byName().entrySet()) {
                JsonQuoting.append(out.append(separator), member.getKey());
                append(out.append(':'), member.getValue());
                separator = ",";
            }
            out.append(members.byName().isEmpty() ? "{}" : "}");
        } else if (tree instanceof Elements elements) {
            String separator = "[";
            for (JsonTree element : elements.inOrder()) {
                append(out.append(separator), element);
                separator = ",";
            }
            out.append(elements.inOrder().isEmpty() ? "[]" : "]");
        } else if (tree instanceof Text text) {
            JsonQuoting.append(out, text.value());
        } else if (tree instanceof Numeral numeral) {
            out.append(numeral.source());
        } else if (tree instanceof Word word) {
            out.append(word.source());
        }
    }
}

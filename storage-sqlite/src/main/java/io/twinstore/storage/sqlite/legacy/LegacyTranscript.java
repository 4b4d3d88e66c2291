package io.twinstore.storage.sqlite.legacy;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.spi.JsonReader;
import io.twinstore.storage.spi.JsonReader.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transcript as the earlier programs keep it: one JSON array in one cell. */
final class LegacyTranscript {

    private LegacyTranscript() {}

    /**
     * Cuts the array at its elements, whose text stays as it is but for the words that are no JSON.
     * Empty where the cell holds no array.
     */
    static Optional<List<String>> elements(Cell cell) {
        return cell.text().flatMap(LegacyTranscript::elements);
    }

    private static Optional<List<String>> elements(String text) {
        String json = LegacyJson.withoutWords(text);
        List<String> elements = new ArrayList<>();
        try {
            // Not checked as a whole: a transcript may be longer than a document.
            JsonReader reader = JsonReader.of(Json.stored(json));
            if (reader.next() != Token.START_ARRAY) {
                return Optional.empty();
            }
            while (reader.next() != Token.END_ARRAY) {
                int start = reader.start();
                reader.skip();
                elements.add(Json.of(json.substring(start, reader.end())).text());
            }
            return reader.next() == Token.NONE ? Optional.of(elements) : Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** Returns the array as {@code json.dumps} writes it. */
    static Cell joined(List<String> elements) {
        return Cell.text("[" + String.join(", ", elements) + "]");
    }

    /** Returns the original with these elements at its end, or empty where it is no array. */
    static Optional<Cell> grown(Cell original, boolean empty, List<String> more) {
        return original.text()
                .map(String::stripTrailing)
                .filter(text -> text.startsWith("[", indent(text)) && text.endsWith("]"))
                .map(text -> text.substring(0, text.length() - 1))
                .map(text -> Cell.text(text + (empty ? "" : ", ") + String.join(", ", more) + "]"));
    }

    private static int indent(String text) {
        return text.length() - text.stripLeading().length();
    }
}

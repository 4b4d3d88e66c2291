package io.twinstore.storage.sqlite.legacy;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.JsonKind;
import io.twinstore.storage.spi.IndexedJson;
import io.twinstore.storage.spi.JsonReader;
import io.twinstore.storage.spi.JsonReader.Token;
import java.util.Optional;

/**
 * Reads JSON as Python's {@code json.dumps} writes it: with the bare words NaN, Infinity and
 * -Infinity, which are no JSON and become strings here.
 */
final class LegacyJson {

    private static final String[] WORDS = {"NaN", "-Infinity", "Infinity"};

    private LegacyJson() {}

    /** Returns the text with the words that are no JSON in quotes; itself, where it has none. */
    static String withoutWords(String text) {
        if (!text.contains("NaN") && !text.contains("Infinity")) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        int at = 0;
        while (at < text.length()) {
            int end = text.charAt(at) == '"' ? stringEnd(text, at) : at + 1;
            String word = end == at + 1 ? wordAt(text, at) : "";
            if (word.isEmpty()) {
                out.append(text, at, end);
                at = end;
            } else {
                out.append('"').append(word).append('"');
                at += word.length();
            }
        }
        return out.toString();
    }

    private static int stringEnd(String text, int start) {
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, text.length());
    }

    private static String wordAt(String text, int at) {
        for (String word : WORDS) {
            if (text.startsWith(word, at)) {
                return word;
            }
        }
        return "";
    }

    /** Reads a document; empty where the text is none. */
    static Optional<Json> read(String text) {
        try {
            return Optional.of(Json.of(withoutWords(text)));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a document in the form in which both databases index it. What that form cannot hold is
     * shown by what is nearest: U+0000 and unpaired surrogates as U+FFFD, a number that is too long
     * as its text. Empty where the text is no document, or one that is too long.
     */
    static Optional<String> indexed(String text) {
        return read(text).flatMap(LegacyJson::indexed);
    }

    private static Optional<String> indexed(Json json) {
        try {
            return Optional.of(IndexedJson.normalize("document", json).text());
        } catch (InvalidValueException e) {
            return mended(json);
        }
    }

    private static Optional<String> mended(Json json) {
        try {
            return Optional.of(
                    IndexedJson.normalize("document", Json.of(shown(JsonReader.of(json)))).text());
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static String shown(JsonReader reader) {
        StringBuilder out = new StringBuilder();
        boolean follows = false;
        while (reader.next() != Token.NONE) {
            Token token = reader.token();
            boolean closes = token == Token.END_ARRAY || token == Token.END_OBJECT;
            if (follows && !closes) {
                out.append(',');
            }
            switch (token) {
                case NAME -> out.append(Json.string(plain(reader.string())).text()).append(':');
                case STRING -> out.append(Json.string(plain(reader.string())).text());
                case NUMBER -> out.append(number(reader.source()));
                default -> out.append(reader.source());
            }
            follows =
                    token != Token.NAME
                            && token != Token.START_ARRAY
                            && token != Token.START_OBJECT;
        }
        return out.toString();
    }

    private static String number(String source) {
        try {
            IndexedJson.normalize("number", Json.of(source));
            return source;
        } catch (InvalidValueException e) {
            return Json.string(source).text();
        }
    }

    /** Returns the text with U+FFFD for each NUL and each unpaired surrogate. */
    static String plain(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    static boolean isObject(String text) {
        return Json.stored(text).kind() == JsonKind.OBJECT;
    }
}

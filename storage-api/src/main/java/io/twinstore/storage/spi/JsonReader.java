package io.twinstore.storage.spi;

import io.twinstore.storage.Json;
import io.twinstore.storage.JsonKind;
import java.util.Arrays;

/**
 * Reads a document token by token, without copying any of it, and is the one judge of what a
 * document is.
 *
 * <p>Written for Twinstore because no existing parser draws the line where RFC 8259 does: Jackson
 * 2.22, for one, refuses names with an unpaired surrogate escape, takes {@code \u0130041} for an
 * escape, and does not tell the exact extent of a token. Memory is constant, whatever the length of
 * the document and of its strings. Not for use by several threads.
 */
public final class JsonReader {

    /** What the reader stands on. */
    public enum Token {
        START_OBJECT,
        END_OBJECT,
        START_ARRAY,
        END_ARRAY,
        /** The name of a member; its value follows. */
        NAME,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        /** The whole document was read; also before the first token. */
        NONE
    }

    private enum Expected {
        VALUE,
        FIRST_ELEMENT,
        FIRST_NAME,
        AFTER_VALUE
    }

    private final String text;
    private final int length;

    /** For each depth a bit, whether it is an object; in words of 64, as many as it takes. */
    private long[] objects = new long[1];

    private int depth;
    private Expected expected = Expected.VALUE;
    private Token token = Token.NONE;
    private int position;
    private int start;
    private int end;
    private boolean escaped;

    /** How many bytes of UTF-8 the text read so far has beyond one for each character. */
    private int extraBytes;

    private JsonReader(String text) {
        this.text = text;
        this.length = text.length();
    }

    /** A reader that stands before the first token of the document. */
    public static JsonReader of(Json json) {
        return new JsonReader(json.text());
    }

    /**
     * Checks all that {@link Json#of} promises, and returns the length of the text in bytes of
     * UTF-8.
     *
     * @throws io.twinstore.storage.InvalidValueException if the text is not a document
     */
    public static int check(String text) {
        if (text.length() > Json.MAX_BYTES) {
            throw JsonFaults.tooLong();
        }
        JsonReader reader = new JsonReader(text);
        while (reader.next() != Token.NONE) {
            // reading is checking
        }
        if (text.length() + reader.extraBytes > Json.MAX_BYTES) {
            throw JsonFaults.tooLong();
        }
        return text.length() + reader.extraBytes;
    }

    /** Moves to the next token and returns it; {@link Token#NONE} after the last one. */
    public Token next() {
        skipSpace();
        token =
                switch (expected) {
                    case VALUE -> value();
                    case FIRST_ELEMENT -> at(']') ? close(Token.END_ARRAY) : value();
                    case FIRST_NAME -> at('}') ? close(Token.END_OBJECT) : name();
                    case AFTER_VALUE -> afterValue();
                };
        return token;
    }

    /** What the reader stands on. */
    public Token token() {
        return token;
    }

    /** The offset of the first character of the token, quotes included. */
    public int start() {
        return start;
    }

    /**
     * The offset behind the last character of the token; for a name, quotes, colon and space
     * between included.
     */
    public int end() {
        return position;
    }

    /** The text of the name or string on which the reader stands, unescaped. */
    public String string() {
        return escaped
                ? JsonQuoting.unescape(text, start + 1, end - 1)
                : text.substring(start + 1, end - 1);
    }

    /** Whether the name or string on which the reader stands holds escapes. */
    public boolean escaped() {
        return escaped;
    }

    /** The token as it is written: for a string with its quotes and escapes. */
    public String source() {
        return text.substring(start, end);
    }

    /**
     * Moves to the end of the value on which the reader stands: for an object or array, to its
     * closing token.
     */
    public void skip() {
        if (token == Token.START_OBJECT || token == Token.START_ARRAY) {
            int outside = depth - 1;
            while (depth > outside) {
                next();
            }
        }
    }

    /** What the value on which the reader stands is. */
    public JsonKind kind() {
        return switch (token) {
            case START_OBJECT -> JsonKind.OBJECT;
            case START_ARRAY -> JsonKind.ARRAY;
            case STRING -> JsonKind.STRING;
            case NUMBER -> JsonKind.NUMBER;
            case TRUE, FALSE -> JsonKind.BOOLEAN;
            case NULL -> JsonKind.NULL;
            default -> throw new IllegalStateException("on no value but " + token);
        };
    }

    private Token afterValue() {
        if (depth == 0) {
            if (position < length) {
                throw JsonFaults.syntax(text, position);
            }
            start = position;
            end = position;
            return Token.NONE;
        }
        boolean object = (objects[depth / Long.SIZE] & (1L << depth)) != 0;
        if (at(object ? '}' : ']')) {
            return close(object ? Token.END_OBJECT : Token.END_ARRAY);
        }
        require(',');
        skipSpace();
        return object ? name() : value();
    }

    private Token name() {
        start = position;
        position = quoted();
        end = position;
        skipSpace();
        require(':');
        expected = Expected.VALUE;
        return Token.NAME;
    }

    private Token value() {
        if (position == length) {
            throw JsonFaults.syntax(text, position);
        }
        start = position;
        return switch (text.charAt(position)) {
            case '{' -> open(true, Expected.FIRST_NAME, Token.START_OBJECT);
            case '[' -> open(false, Expected.FIRST_ELEMENT, Token.START_ARRAY);
            case '"' -> ended(quoted(), Token.STRING);
            case 't' -> literal("true", Token.TRUE);
            case 'f' -> literal("false", Token.FALSE);
            case 'n' -> literal("null", Token.NULL);
            default -> ended(JsonNumber.end(text, position), Token.NUMBER);
        };
    }

    private Token open(boolean object, Expected next, Token opened) {
        if (depth == Json.MAX_DEPTH) {
            throw JsonFaults.tooDeep(text, position);
        }
        depth++;
        note(object);
        position++;
        end = position;
        expected = next;
        return opened;
    }

    private void note(boolean object) {
        int word = depth / Long.SIZE;
        if (word == objects.length) {
            objects = Arrays.copyOf(objects, 2 * word);
        }
        // A shift takes the depth modulo 64 by itself.
        objects[word] = object ? objects[word] | (1L << depth) : objects[word] & ~(1L << depth);
    }

    private Token close(Token closed) {
        start = position;
        depth--;
        return ended(position + 1, closed);
    }

    private Token literal(String word, Token read) {
        if (!text.startsWith(word, position)) {
            throw JsonFaults.syntax(text, position);
        }
        return ended(position + word.length(), read);
    }

    private Token ended(int behind, Token read) {
        position = behind;
        end = behind;
        expected = Expected.AFTER_VALUE;
        return read;
    }

    /** Checks the string that starts here, and returns the offset behind its closing quote. */
    private int quoted() {
        require('"');
        escaped = false;
        int i = position;
        while (i < length) {
            char c = text.charAt(i++);
            if (c == '"') {
                return i;
            } else if (c == '\\') {
                escaped = true;
                i = JsonQuoting.escapeEnd(text, i);
            } else if (c < ' ') {
                throw JsonFaults.syntax(text, i - 1);
            } else if (c >= 0x80) {
                i = beyondAscii(c, i);
            }
        }
        throw JsonFaults.syntax(text, length);
    }

    private int beyondAscii(char c, int next) {
        extraBytes += c < 0x800 ? 1 : 2;
        if (!Character.isSurrogate(c)) {
            return next;
        }
        if (next == length || !Character.isSurrogatePair(c, text.charAt(next))) {
            throw JsonFaults.unpaired(text, next - 1);
        }
        return next + 1; // two characters, four bytes
    }

    private boolean at(char c) {
        return position < length && text.charAt(position) == c;
    }

    private void require(char c) {
        if (!at(c)) {
            throw JsonFaults.syntax(text, position);
        }
        position++;
    }

    private void skipSpace() {
        while (position < length) {
            char c = text.charAt(position);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            position++;
        }
    }
}

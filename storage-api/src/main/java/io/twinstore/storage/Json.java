package io.twinstore.storage;

import io.twinstore.storage.spi.JsonMeaning;
import io.twinstore.storage.spi.JsonReader;
import io.twinstore.storage.spi.TextRules;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON document that keeps its text and is parsed on demand, so that a transcript can
 * be handed on without being parsed.
 *
 * <p>It holds what RFC 8259 accepts, any value at the top included, nested at most {@value
 * #MAX_DEPTH} deep and at most {@value #MAX_BYTES} bytes long in UTF-8. Escapes such as {@code
 * \u0000} and {@code \ud800} inside the text are valid and kept. Instances are safe for use by many
 * threads.
 */
public final class Json {

    /** How deep arrays and objects may be nested. */
    public static final int MAX_DEPTH = 512;

    /** How long a document may be, in bytes of UTF-8. */
    public static final int MAX_BYTES = 100_000_000;

    private static final Json EMPTY_OBJECT = of("{}");
    private static final Json EMPTY_ARRAY = of("[]");

    private final String text;
    private final int utf8Length;

    private Json(String text, int utf8Length) {
        this.text = text;
        this.utf8Length = utf8Length;
    }

    /**
     * The document with this text, kept as it is, white space included.
     *
     * @throws InvalidValueException if the text is not JSON as RFC 8259 defines it, too long, too
     *     deep, or holds an unpaired surrogate (which UTF-8 cannot carry; its escape is fine). The
     *     message names line, column and offset
     */
    public static Json of(String text) {
        return new Json(text, JsonReader.check(text));
    }

    /**
     * The document with a text that a database gave back, which was checked when it was stored; not
     * checked again, since that would cost more than reading it.
     */
    public static Json stored(String text) {
        return new Json(text, TextRules.utf8Length(text));
    }

    /**
     * The document for a Java value: a {@code Map} with {@code String} keys (its order is kept), a
     * {@code List}, a {@code String}, {@code Boolean}, {@code null}, a {@code Byte}, {@code Short},
     * {@code Integer}, {@code Long}, {@code BigInteger}, {@code BigDecimal}, a finite {@code Float}
     * or {@code Double}, a {@code Json}, and any nesting of these.
     *
     * @throws InvalidValueException if a value is of another type, is NaN or infinite, or is a
     *     string with an unpaired surrogate (which UTF-8 cannot carry), or the document is too long
     *     or too deep. The message names the place as a JSON pointer
     */
    public static Json from(@Nullable Object value) {
        return value instanceof Json json ? json : of(JsonValueWriter.write(value));
    }

    /** The document {@code {}}. */
    public static Json emptyObject() {
        return EMPTY_OBJECT;
    }

    /** The document {@code []}. */
    public static Json emptyArray() {
        return EMPTY_ARRAY;
    }

    /**
     * The document that is this string, quoted and escaped.
     *
     * @throws InvalidValueException if it holds an unpaired surrogate or is too long
     */
    public static Json string(String value) {
        return from(value);
    }

    /** The text as it was given. */
    public String text() {
        return text;
    }

    /**
     * The length of the text in bytes of UTF-8. Costs nothing: it was counted when the text was
     * checked.
     */
    public int utf8Length() {
        return utf8Length;
    }

    /** What the document is at its top. Reads no further than its first token. */
    public JsonKind kind() {
        JsonReader reader = JsonReader.of(this);
        reader.next();
        return reader.kind();
    }

    /**
     * The value at a JSON pointer (RFC 6901), with its exact source text; of members with the same
     * name the last one counts. The empty pointer is the whole document. Empty if there is no such
     * value.
     *
     * @throws InvalidValueException if the pointer does not follow RFC 6901
     */
    public Optional<Json> at(String pointer) {
        return JsonLookup.find(this, pointer);
    }

    /**
     * The document as Java values: {@code LinkedHashMap}, {@code ArrayList}, {@code String}, {@code
     * BigDecimal}, {@code Boolean} or {@code null}. The maps and lists are the caller's own. Of
     * members with the same name the last one counts. Strings may hold unpaired surrogates where
     * the document escapes them.
     *
     * @throws InvalidValueException if a number has an exponent beyond what {@code BigDecimal} can
     *     hold, or is longer than 1,000,000 characters
     */
    public @Nullable Object toJava() {
        return JsonToJava.read(this);
    }

    /**
     * Whether both documents mean the same: objects as sets of members of which the last of each
     * name counts, arrays in order, strings by their decoded UTF-16 code units, numbers by exact
     * value ({@code 1e2} is {@code 100.00}, and {@code -0.0} is {@code 0}), however many digits
     * they have.
     */
    public boolean sameMeaning(Json other) {
        return text.equals(other.text)
                || Arrays.equals(JsonMeaning.digest(this), JsonMeaning.digest(other));
    }

    /** A part of this document that is known to be valid, so it is not checked again. */
    Json slice(int start, int end) {
        String part = text.substring(start, end);
        boolean ascii = utf8Length == text.length();
        return new Json(part, ascii ? part.length() : TextRules.utf8Length(part));
    }

    /**
     * Whether the texts are the same, character for character; see {@link #sameMeaning} for the
     * other question.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Json json && text.equals(json.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text, as {@link #text()}. */
    @Override
    public String toString() {
        return text;
    }
}

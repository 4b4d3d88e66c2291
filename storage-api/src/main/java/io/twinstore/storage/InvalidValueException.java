package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/** A value is outside what its field allows; raised before anything is written. */
public class InvalidValueException extends StorageException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 60;

    private final String field;
    private final String bound;

    /**
     * @param field the field, as the caller knows it, such as {@code session.id}
     * @param bound what the field allows, such as {@code 1 to 255 characters}
     * @param value what was given, or null where there is nothing to show; it is shortened and made
     *     printable
     */
    public InvalidValueException(String field, String bound, @Nullable String value) {
        super(
                ErrorCode.INVALID_VALUE,
                field
                        + " must be "
                        + bound
                        + (value == null ? "." : "; it was " + printable(value) + "."));
        this.field = field;
        this.bound = bound;
    }

    /** For a subclass that has words of its own. */
    InvalidValueException(ErrorCode code, String field, String bound, String message) {
        super(code, message);
        this.field = field;
        this.bound = bound;
    }

    /** Returns the field, as the caller knows it. */
    public String field() {
        return field;
    }

    /** Returns what the field allows. */
    public String bound() {
        return bound;
    }

    private static String printable(String value) {
        StringBuilder shown = new StringBuilder("'");
        value.codePoints().limit(SHOWN).forEach(c -> appendPrintable(shown, c));
        shown.append(value.length() > SHOWN ? "…'" : "'");
        return shown.toString();
    }

    /** Appends the code point, escaped where it could not be seen. */
    static void appendPrintable(StringBuilder out, int codePoint) {
        if (Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE) {
            out.append(String.format("\\u%04x", codePoint));
        } else {
            out.appendCodePoint(codePoint);
        }
    }
}

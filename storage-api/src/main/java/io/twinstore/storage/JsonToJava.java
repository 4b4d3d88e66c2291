package io.twinstore.storage;

import io.twinstore.storage.spi.JsonReader;
import io.twinstore.storage.spi.JsonReader.Token;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a document into maps, lists and scalars. */
final class JsonToJava {

    /** A million digits take tenths of a second to convert, a hundred million would take hours. */
    private static final int LONGEST_NUMBER = 1_000_000;

    private static final int SHORT_NUMBER = 1_000;

    private JsonToJava() {}

    static @Nullable Object read(Json json) {
        JsonReader reader = JsonReader.of(json);
        reader.next();
        return value(reader);
    }

    private static @Nullable Object value(JsonReader reader) {
        return switch (reader.token()) {
            case START_OBJECT -> object(reader);
            case START_ARRAY -> array(reader);
            case STRING -> reader.string();
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
            default -> number(reader.source());
        };
    }

    private static Map<String, @Nullable Object> object(JsonReader reader) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (reader.next() != Token.END_OBJECT) {
            String name = reader.string();
            reader.next();
            members.put(name, value(reader));
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonReader reader) {
        List<@Nullable Object> elements = new ArrayList<>();
        while (reader.next() != Token.END_ARRAY) {
            elements.add(value(reader));
        }
        return elements;
    }

    private static BigDecimal number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            throw new InvalidValueException(
                    "json", "numbers of at most " + LONGEST_NUMBER + " characters", text);
        }
        try {
            return text.length() <= SHORT_NUMBER ? shortNumber(text) : longNumber(text);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new InvalidValueException(
                    "json", "numbers whose exponent BigDecimal can hold", text);
        }
    }

    /** Later Javas take an exponent that is one larger; here it is refused on all of them. */
    private static BigDecimal shortNumber(String text) {
        BigDecimal number = new BigDecimal(text);
        if (number.scale() == Integer.MIN_VALUE) {
            throw new ArithmeticException("Exponent overflow");
        }
        return number;
    }

    /** The same as BigDecimal's constructor, whose time grows with the square of the length. */
    private static BigDecimal longNumber(String text) {
        int letter = Math.max(text.indexOf('e'), text.indexOf('E'));
        int end = letter < 0 ? text.length() : letter;
        int exponentScale = shortNumber("1" + text.substring(end)).scale();
        int start = text.charAt(0) == '-' ? 1 : 0;
        int point = text.indexOf('.');
        String digits =
                point < 0
                        ? text.substring(start, end)
                        : text.substring(start, point) + text.substring(point + 1, end);
        int fraction = point < 0 ? 0 : end - point - 1;
        BigInteger magnitude = integer(digits);
        return new BigDecimal(
                start == 1 ? magnitude.negate() : magnitude,
                Math.addExact(exponentScale, fraction));
    }

    private static BigInteger integer(String digits) {
        if (digits.length() <= SHORT_NUMBER) {
            return new BigInteger(digits);
        }
        int lower = digits.length() / 2;
        int middle = digits.length() - lower;
        return integer(digits.substring(0, middle))
                .multiply(BigInteger.TEN.pow(lower))
                .add(integer(digits.substring(middle)));
    }
}

package io.twinstore.storage.migrate;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Two operands of a comparison, as PostgreSQL has to see them so that it answers as SQLite does.
 *
 * <p>SQLite compares integers and reals by their exact value, and a bigint that PostgreSQL compares
 * with a real becomes one; so an integer meets a real only where that is a literal, which stands as
 * numeric, and a real meets integers only below 2^53, where reals hold each of them.
 */
record OperandPair(String left, String right) {

    private static final long PRECISE = 1L << 53;
    private static final Set<String> EQUALITIES = Set.of("=", "<>", "is", "is not");
    private static final Pattern LIKE_A_NUMBER =
            Pattern.compile("\\s*[+-]?[0-9.]+([eE][+-]?[0-9]*)?\\s*");

    /**
     * Aligns two operands.
     *
     * @throws UntranslatableException when PostgreSQL would compare them otherwise
     */
    static OperandPair of(String operator, Operand left, Operand right)
            throws UntranslatableException {
        @Nullable OperandPair numbers = numbers(left, right);
        if (numbers != null) {
            return numbers;
        }
        if (left.type() == OperandType.TEXT && right.type() == OperandType.TEXT) {
            return texts(operator, left, right);
        }
        if (left.type() == OperandType.BLOB && right.type() == OperandType.BLOB) {
            return new OperandPair(left.sql(), right.sql());
        }
        if (left.type() == OperandType.INSTANT) {
            requireEquality(operator);
            return new OperandPair(left.sql(), instant(left, right));
        }
        if (right.type() == OperandType.INSTANT) {
            requireEquality(operator);
            return new OperandPair(instant(right, left), right.sql());
        }
        throw new UntranslatableException(
                "it compares " + left.type().noun() + " with " + right.type().noun());
    }

    private static @Nullable OperandPair numbers(Operand left, Operand right)
            throws UntranslatableException {
        boolean integers = isInteger(left) && isInteger(right);
        if (integers && left.type() == right.type()) {
            return new OperandPair(left.sql(), right.sql());
        }
        if (integers) {
            return left.type() == OperandType.BOOLEAN && isBit(right)
                    ? new OperandPair(left.sql(), truth(right))
                    : right.type() == OperandType.BOOLEAN && isBit(left)
                            ? new OperandPair(truth(left), right.sql())
                            : new OperandPair(integer(left), integer(right));
        }
        if (left.type() == OperandType.REAL && right.type() == OperandType.REAL) {
            requireFew(left, right);
            return new OperandPair(left.sql(), right.sql());
        }
        if (isInteger(left) && right.type() == OperandType.REAL) {
            return new OperandPair(besideReal(left, right), besideInteger(right));
        }
        if (left.type() == OperandType.REAL && isInteger(right)) {
            return new OperandPair(besideInteger(left), besideReal(right, left));
        }
        return null;
    }

    private static boolean isInteger(Operand operand) {
        return operand.type() == OperandType.INTEGER || operand.type() == OperandType.BOOLEAN;
    }

    private static boolean isBit(Operand operand) {
        return operand.literal() instanceof Long number && (number == 0 || number == 1);
    }

    private static String truth(Operand bit) {
        return Objects.equals(bit.literal(), 1L) ? "true" : "false";
    }

    /** Returns an integer, or a truth value as SQLite's 0 and 1. */
    static String integer(Operand operand) {
        return operand.type() == OperandType.BOOLEAN
                ? "(" + operand.sql() + ")::integer"
                : operand.sql();
    }

    /** An integer that is no literal stays what it is: the real beside it is exact then. */
    private static String besideReal(Operand integer, Operand real) throws UntranslatableException {
        if (real.literal() != null) {
            return integer(integer);
        }
        if (isPrecise(integer)) {
            return "'" + integer.literal() + "'::float8";
        }
        throw new UntranslatableException(
                integer.literal() == null
                        ? "it compares an integer with a real that is no literal"
                        : "it compares a real with an integer of 2^53 or more");
    }

    /** Returns whether it is an integer that a real holds, and none beside it. */
    static boolean isPrecise(Operand operand) {
        return operand.literal() instanceof Long number && number > -PRECISE && number < PRECISE;
    }

    private static String besideInteger(Operand real) {
        return real.literal() instanceof Double number
                ? Operand.plain(new BigDecimal(number).toPlainString())
                : real.sql();
    }

    private static void requireFew(Operand left, Operand right) throws UntranslatableException {
        boolean literals = isFew(left, right) || isFew(right, left);
        if ((left.mixed() || right.mixed()) && !literals) {
            throw new UntranslatableException(
                    "it compares reals of which some stand for integers with others");
        }
    }

    private static boolean isFew(Operand literal, Operand other) {
        return literal.literal() instanceof Double number
                && Math.abs(number) < PRECISE
                && !literal.mixed()
                && other.literal() == null;
    }

    private static OperandPair texts(String operator, Operand left, Operand right)
            throws UntranslatableException {
        requireNoConversion(left, right);
        requireNoConversion(right, left);
        String collation = collation(left, right);
        // Equality is of bytes by itself; the order of bytes has to be asked for.
        boolean folded = !collation.equals("BINARY");
        String order = EQUALITIES.contains(operator) && !folded ? "" : " collate \"C\"";
        return new OperandPair(
                folded(left.sql(), collation) + order, folded(right.sql(), collation));
    }

    private static String collation(Operand left, Operand right) {
        @Nullable String chosen =
                left.explicit() || (!right.explicit() && left.collation() != null)
                        ? left.collation()
                        : right.collation();
        return chosen == null ? "BINARY" : chosen;
    }

    /**
     * Returns text so that bytes compare as the collation compares the text itself.
     *
     * @throws UntranslatableException when an application made the collation
     */
    static String folded(String text, String collation) throws UntranslatableException {
        return switch (collation.toUpperCase(Locale.ROOT)) {
            case "BINARY" -> text;
            case "NOCASE" -> "lower(" + text + " collate \"C\")";
            case "RTRIM" -> "rtrim(" + text + ", ' ')";
            default ->
                    throw new UntranslatableException(
                            "it compares by a collation of the application's own");
        };
    }

    /** A column that is declared as a number makes one of '5', before it compares. */
    private static void requireNoConversion(Operand column, Operand other)
            throws UntranslatableException {
        if (!column.makesNumbers()) {
            return;
        }
        boolean same = other.makesNumbers() && !isAny(column) && !isAny(other);
        boolean word =
                other.literal() instanceof String text && !LIKE_A_NUMBER.matcher(text).matches();
        if (!same && !word) {
            throw new UntranslatableException(
                    "it compares text of a column that is declared to have numbers");
        }
    }

    /** Of a strict table it converts nothing, of any other it does. */
    private static boolean isAny(Operand operand) {
        return operand.column() != null && operand.column().declared().equalsIgnoreCase("any");
    }

    private static void requireEquality(String operator) throws UntranslatableException {
        if (!EQUALITIES.contains(operator)) {
            throw new UntranslatableException(
                    "it compares with "
                            + operator
                            + " what goes as timestamptz, and text orders otherwise");
        }
    }

    private static String instant(Operand instant, Operand other) throws UntranslatableException {
        ColumnPlan column = instant.column();
        if (column != null
                && other.type() == OperandType.INSTANT
                && other.column() != null
                && other.column().codec().equals(column.codec())) {
            return other.sql();
        }
        if (column != null
                && other.literal() instanceof String text
                && !other.makesNumbers()
                && "BINARY".equals(collation(instant, other))) {
            Cell cell = Cell.of(Cell.Kind.TEXT, text.getBytes(StandardCharsets.UTF_8));
            if (column.how().keeps(cell)) {
                return Literals.of(column.how(), cell);
            }
        }
        throw new UntranslatableException(
                "it compares what goes as timestamptz with something else than an instant of the"
                        + " same form");
    }
}

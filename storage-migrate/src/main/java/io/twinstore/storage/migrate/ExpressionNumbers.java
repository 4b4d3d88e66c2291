package io.twinstore.storage.migrate;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Computes with integers where none can overflow: there SQLite would go on with a real, and
 * PostgreSQL fail. What the highest and lowest results are follows from the operands', such as the
 * length of a text; a whole bigint can be anything.
 */
final class ExpressionNumbers {

    /** With as many digits, and a power of ten as small, every reading of a real gives the same. */
    private static final int SURE_DIGITS = 15;

    private static final int SURE_POWER = 22;

    private ExpressionNumbers() {}

    /** Returns a number as it was written. */
    static Operand literal(String text, boolean negative) throws UntranslatableException {
        String sign = negative ? "-" : "";
        if (text.startsWith("0x") || text.startsWith("0X")) {
            if (text.length() > 17 || text.length() == 2) {
                throw beyond();
            }
            return Operand.literal(Long.parseLong(sign + text.substring(2), 16));
        }
        if (text.matches("[0-9]+")) {
            BigInteger number = new BigInteger(sign + text);
            if (number.bitLength() >= Long.SIZE) {
                throw beyond();
            }
            return Operand.literal(number.longValue());
        }
        return Operand.literal(real(sign + text));
    }

    private static double real(String text) throws UntranslatableException {
        BigDecimal number;
        try {
            number = new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException e) {
            throw beyond();
        }
        if (number.precision() > SURE_DIGITS || Math.abs((long) number.scale()) > SURE_POWER) {
            throw beyond();
        }
        return number.doubleValue();
    }

    private static UntranslatableException beyond() {
        return new UntranslatableException("it has a number that is too large or too precise");
    }

    static Operand computed(String operator, Operand left, Operand right)
            throws UntranslatableException {
        requireInteger(operator, left);
        requireInteger(operator, right);
        return switch (operator) {
            case "+" -> sum(operator, left, right, right.low(), right.high());
            case "-" -> sum(operator, left, right, right.high().negate(), right.low().negate());
            case "*" -> product(left, right);
            case "/", "%" -> divided(operator, left, right);
            default -> throw new UntranslatableException("it uses the operator " + operator);
        };
    }

    private static void requireInteger(String operator, Operand operand)
            throws UntranslatableException {
        if (operand.type() != OperandType.INTEGER && operand.type() != OperandType.BOOLEAN) {
            throw new UntranslatableException(
                    "it uses the operator " + operator + " on " + operand.type().noun());
        }
    }

    private static Operand sum(
            String operator, Operand left, Operand right, BigInteger low, BigInteger high)
            throws UntranslatableException {
        return within(operator, left, right, left.low().add(low), left.high().add(high));
    }

    private static Operand product(Operand left, Operand right) throws UntranslatableException {
        BigInteger one = left.low().multiply(right.low());
        BigInteger two = left.low().multiply(right.high());
        BigInteger three = left.high().multiply(right.low());
        BigInteger four = left.high().multiply(right.high());
        return within(
                "*",
                left,
                right,
                one.min(two).min(three).min(four),
                one.max(two).max(three).max(four));
    }

    /** By zero it is NULL on one side and an error on the other. */
    private static Operand divided(String operator, Operand left, Operand right)
            throws UntranslatableException {
        if (!(right.literal() instanceof Long divisor) || divisor < 1) {
            throw new UntranslatableException(
                    "it uses the operator " + operator + " with what may be no positive number");
        }
        BigInteger by = BigInteger.valueOf(divisor);
        BigInteger most = by.subtract(BigInteger.ONE);
        return operator.equals("/")
                ? within(operator, left, right, left.low().divide(by), left.high().divide(by))
                : within(operator, left, right, most.negate(), most);
    }

    private static Operand within(
            String operator, Operand left, Operand right, BigInteger low, BigInteger high)
            throws UntranslatableException {
        if (low.compareTo(Operand.LEAST) < 0 || high.compareTo(Operand.MOST) > 0) {
            throw new UntranslatableException(
                    "it computes with "
                            + operator
                            + ", and beyond 64 bits SQLite goes on with a real");
        }
        return Operand.integer(
                "(" + wide(left) + " " + operator + " " + wide(right) + ")", low, high);
    }

    private static String wide(Operand operand) {
        return "(" + OperandPair.integer(operand) + ")::bigint";
    }
}

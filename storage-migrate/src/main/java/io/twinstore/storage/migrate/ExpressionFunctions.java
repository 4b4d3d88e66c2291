package io.twinstore.storage.migrate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The functions that mean the same on both sides, given what their arguments are. SQLite's {@code
 * lower} and {@code upper} know the letters of ASCII alone, as PostgreSQL's do in the collation C;
 * a text that was moved has no NUL, where SQLite's {@code length} would end.
 */
final class ExpressionFunctions {

    /** No text or blob of PostgreSQL is longer. */
    private static final BigInteger LONGEST = BigInteger.ONE.shiftLeft(30);

    private ExpressionFunctions() {}

    static Operand call(String name, List<Operand> arguments) throws UntranslatableException {
        int count = arguments.size();
        String call = name + "/" + count;
        return switch (call) {
            case "length/1" -> length(arguments.get(0));
            case "lower/1", "upper/1" ->
                    Operand.text(name + "(" + text(arguments.get(0)) + " collate \"C\")");
            case "trim/1" -> trimmed("btrim", arguments.get(0));
            case "ltrim/1", "rtrim/1" -> trimmed(name, arguments.get(0));
            case "substr/2", "substr/3", "substring/2", "substring/3" -> part(arguments);
            case "instr/2" ->
                    Operand.integer(
                            "strpos("
                                    + text(arguments.get(0))
                                    + ", "
                                    + text(arguments.get(1))
                                    + ")",
                            BigInteger.ZERO,
                            LONGEST);
            case "abs/1" -> abs(arguments.get(0));
            case "typeof/1" -> typeOf(arguments.get(0));
            case "json_valid/1" -> throw validity(arguments.get(0));
            default -> {
                if (count > 1 && Set.of("coalesce", "ifnull").contains(name)) {
                    yield unified(arguments).as("coalesce(", ", ", ")");
                }
                throw new UntranslatableException("it uses the function " + name);
            }
        };
    }

    /** Returns text that says nothing itself of how it is compared. */
    static String text(Operand operand) throws UntranslatableException {
        if (operand.type() != OperandType.TEXT) {
            throw new UntranslatableException("it takes " + operand.type().noun() + " for text");
        }
        requireUncollated(operand);
        return operand.sql();
    }

    /** SQLite would hand the collation on, through functions and operators. */
    private static void requireUncollated(Operand operand) throws UntranslatableException {
        if (operand.explicit()) {
            throw new UntranslatableException("it uses COLLATE within a larger expression");
        }
    }

    private static Operand length(Operand operand) throws UntranslatableException {
        if (operand.type() != OperandType.TEXT && operand.type() != OperandType.BLOB) {
            throw new UntranslatableException("it takes the length of " + operand.type().noun());
        }
        return Operand.integer("length(" + operand.sql() + ")", BigInteger.ZERO, LONGEST);
    }

    private static Operand trimmed(String function, Operand operand)
            throws UntranslatableException {
        return Operand.text(function + "(" + text(operand) + ", ' ')");
    }

    /** From a place before the first character on, both count differently. */
    private static Operand part(List<Operand> arguments) throws UntranslatableException {
        List<String> bounds = new ArrayList<>();
        for (Operand bound : arguments.subList(1, arguments.size())) {
            if (!(bound.literal() instanceof Long number)
                    || number < (bounds.isEmpty() ? 1 : 0)
                    || number > Integer.MAX_VALUE) {
                throw new UntranslatableException(
                        "it uses the function substr with bounds that are no literals from 1 on");
            }
            bounds.add(bound.sql());
        }
        return Operand.text(
                "substr(" + text(arguments.get(0)) + ", " + String.join(", ", bounds) + ")");
    }

    private static Operand abs(Operand operand) throws UntranslatableException {
        if (operand.type() != OperandType.INTEGER) {
            throw new UntranslatableException(
                    "it uses the function abs of " + operand.type().noun());
        }
        BigInteger highest = operand.low().abs().max(operand.high().abs()).min(Operand.MOST);
        return Operand.integer("abs(" + operand.sql() + ")", BigInteger.ZERO, highest);
    }

    private static Operand typeOf(Operand operand) throws UntranslatableException {
        String type =
                switch (operand.type()) {
                    case BOOLEAN, INTEGER -> "integer";
                    case TEXT, INSTANT -> "text";
                    case BLOB -> "blob";
                    default -> {
                        if (operand.type() != OperandType.REAL
                                || operand.column() == null
                                || operand.mixed()) {
                            throw new UntranslatableException("it uses the function typeof");
                        }
                        yield "real";
                    }
                };
        return Operand.text(
                "(case when " + operand.sql() + " is null then 'null' else '" + type + "' end)");
    }

    private static UntranslatableException validity(Operand operand) {
        ColumnPlan column = operand.column();
        return new UntranslatableException(
                column != null && column.codec().startsWith("json")
                        ? "it uses json_valid; the column goes as "
                                + column.codec()
                                + ", which holds nothing else"
                        : "it uses the function json_valid");
    }

    /**
     * Operands of one type, as the values of {@code coalesce} and {@code case} are.
     *
     * @param of something of their type; its SQL is not looked at
     */
    record Unified(Operand of, List<String> sql) {

        Operand as(String before, String between, String after) {
            String all = sql.stream().collect(Collectors.joining(between, before, after));
            return saying(all);
        }

        /** Returns an operand of their type. */
        Operand saying(String all) {
            return new Operand(of.type(), all, null, of.low(), of.high(), null, false, null, false);
        }
    }

    static Unified unified(List<Operand> operands) throws UntranslatableException {
        Operand whole = Operand.nothing();
        for (Operand operand : operands) {
            requireUncollated(operand);
            if (operand.mixed()) {
                throw new UntranslatableException("it takes a real that may stand for an integer");
            }
            whole = wider(whole, operand);
        }
        List<String> sql = new ArrayList<>();
        for (Operand operand : operands) {
            sql.add(
                    whole.type() == OperandType.INTEGER
                            ? OperandPair.integer(operand)
                            : operand.sql());
        }
        return new Unified(whole, sql);
    }

    private static Operand wider(Operand one, Operand other) throws UntranslatableException {
        if (one.type() == OperandType.NULL || other.type() == OperandType.NULL) {
            return one.type() == OperandType.NULL ? other : one;
        }
        boolean integers =
                Set.of(OperandType.BOOLEAN, OperandType.INTEGER)
                        .containsAll(List.of(one.type(), other.type()));
        if (integers && (one.type() != other.type() || one.type() == OperandType.INTEGER)) {
            return Operand.integer("", one.low().min(other.low()), one.high().max(other.high()));
        }
        boolean plain =
                Set.of(OperandType.BOOLEAN, OperandType.TEXT, OperandType.BLOB)
                        .contains(one.type());
        if (one.type() == other.type() && (plain || one.type() == OperandType.REAL)) {
            return one;
        }
        if (one.type() == OperandType.REAL && OperandPair.isPrecise(other)) {
            return one;
        }
        if (other.type() == OperandType.REAL && OperandPair.isPrecise(one)) {
            return other;
        }
        throw new UntranslatableException(
                "it takes "
                        + one.type().noun()
                        + " or "
                        + other.type().noun()
                        + " for the same value");
    }
}

package io.twinstore.storage.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says SQLite's expressions in PostgreSQL, where the plan's columns make them mean exactly the same
 * there: true, false and NULL for the same cells. Whatever is not known to is refused.
 */
final class Translation {

    private final ExpressionColumns columns;

    Translation(TablePlan table) {
        this(table.name(), table.sql(), table.columns());
    }

    /**
     * @param sql the statement that made the table
     */
    Translation(String table, String sql, List<ColumnPlan> columns) {
        this.columns = new ExpressionColumns(table, sql, columns);
    }

    /**
     * Returns the condition for PostgreSQL.
     *
     * @throws UntranslatableException when it has none that means the same
     */
    String condition(String sql) throws UntranslatableException {
        return truth(ExpressionParser.parse(sql));
    }

    /**
     * Returns what an index is over for PostgreSQL, as its statement wants it.
     *
     * @param unique whether equality counts, not only the order
     * @throws UntranslatableException when there is nothing that is equal where SQLite's is
     */
    String key(String sql, boolean unique) throws UntranslatableException {
        Expression expression = ExpressionParser.parse(sql);
        // SQLite takes 'name' for a column here.
        Operand key =
                operand(
                        expression instanceof Expression.Text text
                                ? new Expression.Name(null, text.value(), false, false)
                                : expression);
        if (key.literal() != null || key.type() == OperandType.NULL) {
            throw new UntranslatableException("it has a key that is no column");
        }
        if (unique && (key.type() == OperandType.OTHER || key.mixed())) {
            throw new UntranslatableException(
                    "two of its keys may be equal on one side and not on the other");
        }
        String collation = key.collation();
        String said =
                key.type() == OperandType.TEXT && collation != null
                        ? OperandPair.folded(key.sql(), collation)
                        : key.sql();
        return key.column() != null && said.equals(key.sql()) ? said : "(" + said + ")";
    }

    private String truth(Expression expression) throws UntranslatableException {
        Operand operand = operand(expression);
        return switch (operand.type()) {
            case BOOLEAN -> operand.sql();
            case NULL -> "null::boolean";
            case INTEGER, REAL -> "(" + operand.sql() + " <> 0)";
            default ->
                    throw new UntranslatableException(
                            "it takes " + operand.type().noun() + " for a truth value");
        };
    }

    private Operand operand(Expression expression) throws UntranslatableException {
        if (expression instanceof Expression.Name name) {
            return columns.operand(name);
        }
        if (expression instanceof Expression.Numeral number) {
            return ExpressionNumbers.literal(number.text(), false);
        }
        if (expression instanceof Expression.Text text) {
            return Operand.literal(text.value());
        }
        if (expression instanceof Expression.Blob blob) {
            return Operand.blob("E'\\\\x" + blob.digits().toLowerCase(Locale.ROOT) + "'::bytea");
        }
        if (expression instanceof Expression.Before before) {
            return before(before);
        }
        if (expression instanceof Expression.Between between) {
            return between(between);
        }
        if (expression instanceof Expression.Collated collated) {
            return operand(collated.operand()).collated(collated.collation());
        }
        return composed(expression);
    }

    private Operand composed(Expression expression) throws UntranslatableException {
        if (expression instanceof Expression.Range range) {
            Operand operand = operand(range.operand());
            return Operand.truth(
                    "("
                            + compared(">=", operand, operand(range.low()))
                            + " and "
                            + compared("<=", operand, operand(range.high()))
                            + ")");
        }
        if (expression instanceof Expression.In in) {
            return in(operand(in.operand()), in.elements());
        }
        if (expression instanceof Expression.Like like) {
            return like(like);
        }
        if (expression instanceof Expression.Call call) {
            return ExpressionFunctions.call(call.function(), operands(call.arguments()));
        }
        if (expression instanceof Expression.Case branches) {
            return branches(branches);
        }
        return Operand.nothing();
    }

    private List<Operand> operands(List<Expression> expressions) throws UntranslatableException {
        List<Operand> operands = new ArrayList<>();
        for (Expression each : expressions) {
            operands.add(operand(each));
        }
        return operands;
    }

    private Operand before(Expression.Before before) throws UntranslatableException {
        switch (before.operator()) {
            case "not" -> {
                return Operand.truth("(not " + truth(before.operand()) + ")");
            }
            case "+" -> {
                return operand(before.operand()).unaffine();
            }
            case "-" -> {
                if (before.operand() instanceof Expression.Numeral number) {
                    return ExpressionNumbers.literal(number.text(), true);
                }
                return ExpressionNumbers.computed(
                        "-", Operand.literal(0), operand(before.operand()));
            }
            default -> throw new UntranslatableException("it uses the operator ~");
        }
    }

    private Operand between(Expression.Between between) throws UntranslatableException {
        String operator = between.operator();
        return switch (operator) {
            case "and", "or" ->
                    Operand.truth(
                            "("
                                    + truth(between.left())
                                    + " "
                                    + operator
                                    + " "
                                    + truth(between.right())
                                    + ")");
            case "=", "<>", "<", "<=", ">", ">=" ->
                    Operand.truth(
                            compared(operator, operand(between.left()), operand(between.right())));
            case "is", "is not" -> Operand.truth(is(operator, between.left(), between.right()));
            case "||" ->
                    Operand.text(
                            "("
                                    + ExpressionFunctions.text(operand(between.left()))
                                    + " || "
                                    + ExpressionFunctions.text(operand(between.right()))
                                    + ")");
            default ->
                    ExpressionNumbers.computed(
                            operator, operand(between.left()), operand(between.right()));
        };
    }

    private static String compared(String operator, Operand left, Operand right)
            throws UntranslatableException {
        if (left.type() == OperandType.NULL || right.type() == OperandType.NULL) {
            return "null::boolean";
        }
        OperandPair pair = OperandPair.of(operator, left, right);
        return "(" + pair.left() + " " + operator + " " + pair.right() + ")";
    }

    private String is(String operator, Expression left, Expression right)
            throws UntranslatableException {
        if (right instanceof Expression.Name name && columns.isTruth(name)) {
            return "(" + truth(left) + " " + operator + " " + name.name() + ")";
        }
        Operand one = operand(left);
        Operand other = operand(right);
        if (one.type() == OperandType.NULL || other.type() == OperandType.NULL) {
            Operand asked = other.type() == OperandType.NULL ? one : other;
            return "(" + asked.sql() + " " + operator + " null)";
        }
        OperandPair pair = OperandPair.of(operator, one, other);
        String distinct = operator.equals("is") ? "is not distinct from" : "is distinct from";
        return "(" + pair.left() + " " + distinct + " " + pair.right() + ")";
    }

    /** An empty list holds nothing, not even when NULL is looked for. */
    private Operand in(Operand operand, List<Expression> elements) throws UntranslatableException {
        if (elements.isEmpty()) {
            return Operand.truth("false");
        }
        @Nullable String same = null;
        List<String> right = new ArrayList<>();
        List<String> compared = new ArrayList<>();
        for (Expression each : elements) {
            Operand element = operand(each);
            if (element.explicit()) {
                throw new UntranslatableException("it uses COLLATE within a list");
            }
            compared.add(compared("=", operand, element.element()));
            if (operand.type() != OperandType.NULL && element.type() != OperandType.NULL) {
                OperandPair pair = OperandPair.of("=", operand, element.element());
                right.add(pair.right());
                same = same == null || same.equals(pair.left()) ? pair.left() : "";
            }
        }
        boolean list = same != null && !same.isEmpty() && right.size() == elements.size();
        return Operand.truth(
                list
                        ? "(" + same + " in (" + String.join(", ", right) + "))"
                        : "(" + String.join(" or ", compared) + ")");
    }

    private Operand like(Expression.Like like) throws UntranslatableException {
        Operand operand = operand(like.operand());
        Expression escape = like.escape();
        if (!(operand(like.pattern()).literal() instanceof String signs)) {
            throw new UntranslatableException("it uses LIKE with a pattern that is no literal");
        }
        String translated =
                LikePattern.translated(
                        signs, escape == null ? -1 : LikePattern.escape(operand(escape)));
        return Operand.truth(
                "(lower("
                        + ExpressionFunctions.text(operand)
                        + " collate \"C\") like "
                        + Operand.quoted(translated)
                        + ")");
    }

    private Operand branches(Expression.Case branches) throws UntranslatableException {
        List<Operand> values = new ArrayList<>();
        for (int i = 1; i < branches.branches().size(); i += 2) {
            values.add(operand(branches.branches().get(i)));
        }
        Expression otherwise = branches.otherwise();
        values.add(otherwise == null ? Operand.nothing() : operand(otherwise));
        ExpressionFunctions.Unified unified = ExpressionFunctions.unified(values);
        StringBuilder sql = new StringBuilder("(case");
        for (int i = 0; i < values.size() - 1; i++) {
            sql.append(" when ")
                    .append(truth(branches.branches().get(2 * i)))
                    .append(" then ")
                    .append(unified.sql().get(i));
        }
        sql.append(" else ").append(unified.sql().get(values.size() - 1)).append(" end)");
        return unified.saying(sql.toString());
    }
}

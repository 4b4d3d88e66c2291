package io.twinstore.storage.migrate;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A part of an expression, said in PostgreSQL, with what SQLite knows of it.
 *
 * @param type of what type it is on both sides
 * @param sql the part as PostgreSQL's SQL, safe to stand anywhere
 * @param literal its value where it is a literal that a comparison has to look at, or null
 * @param low the lowest number that it can be; of numbers that are integers
 * @param high the highest
 * @param column the column that it is, or null
 * @param affine whether SQLite converts to the column's type what it is compared with
 * @param collation by which SQLite compares it, or null where it is no column and says nothing
 * @param explicit whether the expression itself says that
 */
record Operand(
        OperandType type,
        String sql,
        @Nullable Object literal,
        BigInteger low,
        BigInteger high,
        @Nullable ColumnPlan column,
        boolean affine,
        @Nullable String collation,
        boolean explicit) {

    static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private static Operand of(OperandType type, String sql) {
        return new Operand(
                type, sql, null, BigInteger.ZERO, BigInteger.ONE, null, false, null, false);
    }

    static Operand nothing() {
        return of(OperandType.NULL, "null");
    }

    static Operand truth(String sql) {
        return of(OperandType.BOOLEAN, sql);
    }

    static Operand text(String sql) {
        return of(OperandType.TEXT, sql);
    }

    static Operand blob(String sql) {
        return of(OperandType.BLOB, sql);
    }

    static Operand real(String sql) {
        return of(OperandType.REAL, sql);
    }

    static Operand integer(String sql, BigInteger low, BigInteger high) {
        return new Operand(OperandType.INTEGER, sql, null, low, high, null, false, null, false);
    }

    static Operand literal(long value) {
        BigInteger number = BigInteger.valueOf(value);
        return integer(plain(number.toString()), number, number).being(value);
    }

    static Operand literal(double value) {
        return real("'" + value + "'::float8").being(value);
    }

    static Operand literal(String value) {
        return text(quoted(value) + "::text").being(value);
    }

    /** A column that takes part with all its cells. */
    static Operand of(OperandType type, ColumnPlan column, String collation) {
        boolean number = type == OperandType.INTEGER;
        return new Operand(
                type,
                Sql.quoted(column.target()),
                null,
                number ? LEAST : BigInteger.ZERO,
                number ? MOST : BigInteger.ONE,
                column,
                true,
                collation,
                false);
    }

    private Operand being(Object value) {
        return new Operand(type, sql, value, low, high, column, affine, collation, explicit);
    }

    /** As what stands after a unary plus: SQLite converts nothing to its type any more. */
    Operand unaffine() {
        return new Operand(type, sql, null, low, high, column, false, collation, explicit);
    }

    /** As an element of a list, which is compared as what stands before the list says. */
    Operand element() {
        return new Operand(type, sql, literal, low, high, column, false, null, false);
    }

    Operand collated(String name) {
        return new Operand(
                type, sql, literal, low, high, column, affine, name.toUpperCase(Locale.ROOT), true);
    }

    /** Returns whether some reals stand for integers, which are near but perhaps not equal. */
    boolean mixed() {
        return type == OperandType.REAL
                && column != null
                && column.cells().getOrDefault("integer", 0L) > 0;
    }

    /** Returns whether SQLite would make a number of text that it is compared with. */
    boolean makesNumbers() {
        return affine && column != null && isNumeric(column.declared());
    }

    /** By the rules of SQLite's affinity. */
    private static boolean isNumeric(String declared) {
        String upper = declared.toUpperCase(Locale.ROOT);
        if (upper.contains("INT")) {
            return true;
        }
        boolean text = upper.contains("CHAR") || upper.contains("CLOB") || upper.contains("TEXT");
        return !text && !upper.contains("BLOB") && !upper.isEmpty();
    }

    /** A sign would else be taken for an operator. */
    static String plain(String number) {
        return number.startsWith("-") ? "(" + number + ")" : number;
    }

    /** With the E, a backslash means the same whatever the server's settings are. */
    static String quoted(String text) {
        return text.indexOf('\\') < 0
                ? Sql.literal(text)
                : "E" + Sql.literal(text.replace("\\", "\\\\"));
    }
}

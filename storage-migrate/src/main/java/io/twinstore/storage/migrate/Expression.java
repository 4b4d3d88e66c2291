package io.twinstore.storage.migrate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of SQLite, as it was written. */
sealed interface Expression {

    /** SQL's NULL. */
    record Null() implements Expression {}

    /**
     * A number as it was written, without sign.
     *
     * @param text in decimal, without underscores, or in hexadecimal after {@code 0x}
     */
    record Numeral(String text) implements Expression {}

    /** A string. */
    record Text(String value) implements Expression {}

    /** A blob, by its hexadecimal digits. */
    record Blob(String digits) implements Expression {}

    /**
     * A column, or what SQLite makes of a name that is none.
     *
     * @param table the table's name before it, or null
     * @param quoted in double quotes, and so a string where there is no such column
     * @param bare without quotes
     */
    record Name(@Nullable String table, String name, boolean quoted, boolean bare)
            implements Expression {}

    /**
     * An operator before its operand.
     *
     * @param operator {@code not}, {@code -}, {@code +} or {@code ~}
     */
    record Before(String operator, Expression operand) implements Expression {}

    /**
     * An operator between its operands.
     *
     * @param operator in lower case; {@code ==} is {@code =}, and {@code !=} is {@code <>}
     */
    record Between(String operator, Expression left, Expression right) implements Expression {}

    /** {@code operand between low and high}. */
    record Range(Expression operand, Expression low, Expression high) implements Expression {}

    /** {@code operand in (elements)}. */
    record In(Expression operand, List<Expression> elements) implements Expression {}

    /**
     * {@code operand like pattern}.
     *
     * @param escape the character that takes the pattern's signs their meaning, or null
     */
    record Like(Expression operand, Expression pattern, @Nullable Expression escape)
            implements Expression {}

    /** {@code operand collate collation}. */
    record Collated(Expression operand, String collation) implements Expression {}

    /** A function's call. */
    record Call(String function, List<Expression> arguments) implements Expression {}

    /**
     * {@code case when … then … else … end}.
     *
     * @param branches condition and value, one after the other
     * @param otherwise what {@code else} says, or null
     */
    record Case(List<Expression> branches, @Nullable Expression otherwise) implements Expression {}
}

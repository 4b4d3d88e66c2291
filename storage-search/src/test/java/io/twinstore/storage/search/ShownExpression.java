package io.twinstore.storage.search;

import io.twinstore.storage.search.Expression.And;
import io.twinstore.storage.search.Expression.Not;
import io.twinstore.storage.search.Expression.Or;
import io.twinstore.storage.search.Expression.Phrase;
import io.twinstore.storage.search.Expression.Prefix;
import io.twinstore.storage.search.Expression.Word;
import java.util.List;
import java.util.stream.Collectors;

/** Writes an expression briefly: {@code (a & "b c" & !d*) | e}. */
final class ShownExpression {

    private ShownExpression() {}

    static String of(Expression expression) {
        if (expression instanceof And and) {
            return "(" + joined(and.parts(), " & ") + ")";
        } else if (expression instanceof Or or) {
            return "(" + joined(or.alternatives(), " | ") + ")";
        } else if (expression instanceof Not not) {
            return "!" + of(not.part());
        } else if (expression instanceof Word word) {
            return word.term();
        } else if (expression instanceof Prefix prefix) {
            return prefix.beginnings().get(0) + "*";
        }
        Phrase phrase = (Phrase) expression;
        return "\"" + String.join(" ", phrase.terms()) + (phrase.open() ? "*\"" : "\"");
    }

    private static String joined(List<Expression> parts, String operator) {
        return parts.stream().map(ShownExpression::of).collect(Collectors.joining(operator));
    }
}

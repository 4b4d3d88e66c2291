package io.twinstore.storage.postgres;

import io.twinstore.storage.jdbi.CandidateQuery;
import io.twinstore.storage.jdbi.SearchEntry;
import io.twinstore.storage.search.Expression;
import io.twinstore.storage.search.Expression.And;
import io.twinstore.storage.search.Expression.Not;
import io.twinstore.storage.search.Expression.Or;
import io.twinstore.storage.search.Expression.Phrase;
import io.twinstore.storage.search.Expression.Prefix;
import io.twinstore.storage.search.Expression.Word;
import java.util.List;
import java.util.stream.Collectors;

/** Writes expressions as {@code tsquery} reads them. Terms hold neither quotes nor spaces. */
final class PostgresMatch {

    private PostgresMatch() {}

    /** Returns what the entries that the query lets through match, given its expression. */
    static String of(CandidateQuery query, Expression expression) {
        String terms = of(expression);
        return query.dependsOnWholeMessage()
                ? terms
                        + " | ("
                        + term(SearchEntry.LONG)
                        + " & "
                        + joined(query.leaves(), " | ")
                        + ")"
                : terms;
    }

    static String of(Expression expression) {
        if (expression instanceof Word word) {
            return term(word.term());
        } else if (expression instanceof Prefix prefix) {
            return prefix.beginnings().stream()
                    .map(beginning -> term(beginning) + ":*")
                    .collect(Collectors.joining(" | ", "(", ")"));
        } else if (expression instanceof Phrase phrase) {
            return phrase.terms().stream()
                    .map(PostgresMatch::term)
                    .collect(Collectors.joining(" <-> ", "(", phrase.open() ? ":*)" : ")"));
        } else if (expression instanceof Or or) {
            return joined(or.alternatives(), " | ");
        } else if (expression instanceof And and) {
            return joined(and.parts(), " & ");
        }
        return "!" + of(((Not) expression).part());
    }

    private static String joined(List<? extends Expression> parts, String operator) {
        return parts.stream()
                .map(PostgresMatch::of)
                .collect(Collectors.joining(operator, "(", ")"));
    }

    /** Returns the weight of the positions of a term that its message has so often. */
    static String weight(int frequency) {
        return switch (frequency) {
            case 1 -> "D";
            case 2 -> "C";
            case 4 -> "B";
            default -> "A";
        };
    }

    /** Returns what matches where a message has the term so often. */
    static String often(Word word, int frequency) {
        return term(word.term()) + ":" + weight(frequency);
    }

    static String term(String term) {
        return "'" + term + "'";
    }
}

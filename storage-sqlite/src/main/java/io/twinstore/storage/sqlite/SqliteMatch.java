package io.twinstore.storage.sqlite;

import io.twinstore.storage.jdbi.CandidateQuery;
import io.twinstore.storage.jdbi.ScopeConditions.SessionInScope;
import io.twinstore.storage.jdbi.SearchEntry;
import io.twinstore.storage.search.Expression;
import io.twinstore.storage.search.Expression.And;
import io.twinstore.storage.search.Expression.Not;
import io.twinstore.storage.search.Expression.Or;
import io.twinstore.storage.search.Expression.Phrase;
import io.twinstore.storage.search.Expression.Prefix;
import io.twinstore.storage.search.Expression.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes expressions as FTS5 reads them. Terms hold neither quotes nor spaces. */
final class SqliteMatch {

    /** The square root of the number of sessions that a scope lists at most. */
    private static final int GROUP = 16;

    /** What no entry holds. */
    private static final String NEVER = term("\uF0F2");

    /** Before a term, moved by the class of how often it occurs. */
    private static final char FREQUENCY = '\uF010';

    private SqliteMatch() {}

    /** Returns the mark that an entry has where a term occurs in its message so often. */
    static String mark(String term, int frequency) {
        return (char) (FREQUENCY + frequency) + term;
    }

    /** Returns what the entries that the query lets through match, or null where all do. */
    static @Nullable String of(CandidateQuery query) {
        String terms = query.expression() == null ? null : of(query.expression());
        if (query.dependsOnWholeMessage()) {
            terms = "(" + terms + " OR (" + term(SearchEntry.LONG) + " AND " + any(query) + "))";
        }
        List<SessionInScope> few = query.scope().sessions();
        if (few == null) {
            return terms;
        }
        String sessions = any(few);
        return terms == null ? sessions : sessions + " AND " + terms;
    }

    /**
     * FTS5 asks every alternative at each step, so that hundreds of them are slow. It takes nested
     * ones for one list, but not behind a NOT: groups of them are asked as one.
     */
    private static String any(List<SessionInScope> sessions) {
        List<String> groups = new ArrayList<>();
        for (int from = 0; from < sessions.size(); from += GROUP) {
            String group =
                    sessions.subList(from, Math.min(sessions.size(), from + GROUP)).stream()
                            .map(s -> term(SearchEntry.sessionMark(s.incarnation())))
                            .collect(joined(" OR "));
            groups.add(sessions.size() <= GROUP ? group : "(" + group + " NOT " + NEVER + ")");
        }
        return groups.stream().collect(joined(" OR "));
    }

    private static String any(CandidateQuery query) {
        return query.leaves().stream().map(SqliteMatch::of).collect(joined(" OR "));
    }

    static String of(Expression expression) {
        if (expression instanceof Word word) {
            return term(word.term());
        } else if (expression instanceof Prefix prefix) {
            return prefix.beginnings().stream().map(p -> term(p) + " *").collect(joined(" OR "));
        } else if (expression instanceof Phrase phrase) {
            return term(String.join(" ", phrase.terms())) + (phrase.open() ? " *" : "");
        } else if (expression instanceof Or or) {
            return or.alternatives().stream().map(SqliteMatch::of).collect(joined(" OR "));
        } else if (expression instanceof And and) {
            return and(and);
        }
        throw new IllegalArgumentException("Only a part of a conjunction is negated.");
    }

    private static String and(And and) {
        List<String> wanted = new ArrayList<>();
        List<String> unwanted = new ArrayList<>();
        for (Expression part : and.parts()) {
            if (part instanceof Not not) {
                unwanted.add(of(not.part()));
            } else {
                wanted.add(of(part));
            }
        }
        String all = wanted.stream().collect(joined(" AND "));
        return unwanted.isEmpty()
                ? all
                : "(" + all + " NOT " + unwanted.stream().collect(joined(" OR ")) + ")";
    }

    static String term(String term) {
        return "\"" + term + "\"";
    }

    private static Collector<CharSequence, ?, String> joined(String operator) {
        return Collectors.joining(operator, "(", ")");
    }
}

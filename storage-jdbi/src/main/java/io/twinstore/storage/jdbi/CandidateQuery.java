package io.twinstore.storage.jdbi;

import io.twinstore.storage.jdbi.ScopeConditions.SessionInScope;
import io.twinstore.storage.search.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to look for in an index.
 *
 * @param expression what an entry must hold; of a message in several entries, any of the leaves
 *     where these are to be reported; or null for the first entry of every message
 * @param leaves what to report of each entry that is found; none where an entry is judged by
 *     itself, and without an expression
 * @param scope in which sessions and when
 * @param from the lowest id to look at
 * @param below ids from this one on are not looked at
 * @param limit how many entries at most, those with the highest ids
 */
public record CandidateQuery(
        @Nullable Expression expression,
        List<Expression.Leaf> leaves,
        ScopeConditions scope,
        long from,
        long below,
        int limit) {

    /** Returns the query for what lies between other ids. */
    public CandidateQuery further(long lowest, long next, int atMost) {
        return new CandidateQuery(expression, leaves, scope, lowest, next, atMost);
    }

    /** Returns the query for some sessions of its scope. */
    CandidateQuery within(List<SessionInScope> sessions) {
        return new CandidateQuery(expression, leaves, scope.of(sessions), from, below, limit);
    }

    /** Returns the query for one entry of one of its sessions. */
    public CandidateQuery ofOne(SessionInScope session) {
        return new CandidateQuery(expression, leaves, scope.of(List.of(session)), from, below, 1);
    }

    /**
     * Returns whether an entry that knows a part of its message only may say no where the message
     * says yes.
     */
    public boolean dependsOnWholeMessage() {
        return !leaves.isEmpty()
                && !(expression instanceof Expression.Leaf)
                && !isAnyOfLeaves(expression);
    }

    private static boolean isAnyOfLeaves(@Nullable Expression expression) {
        return expression instanceof Expression.Or or
                && or.alternatives().stream().allMatch(Expression.Leaf.class::isInstance);
    }
}

package io.twinstore.storage.jdbi;

import io.twinstore.storage.SessionId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scope as statements take it: conditions on sessions {@code s}, heads {@code h} and messages,
 * and the sessions themselves where they are few.
 *
 * @param where conditions on {@code s} and {@code h}
 * @param bindings what they bind
 * @param sessions all sessions in the scope, or null where there are many
 */
public record ScopeConditions(
        String where, Map<String, Object> bindings, @Nullable List<SessionInScope> sessions) {

    /**
     * A session in the scope.
     *
     * @param sessionId the session
     * @param incarnation tells it from an earlier one of its id
     */
    public record SessionInScope(SessionId sessionId, long incarnation) {}

    /** Returns whether the conditions say anything. */
    public boolean isWide() {
        return where.equals("true");
    }

    ScopeConditions of(List<SessionInScope> found) {
        return new ScopeConditions(where, bindings, found);
    }
}
